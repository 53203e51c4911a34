"""Every command that reads prints the same of a desk, whether by its file or by its server; what
makes no sense through a server says so."""

import json
import os
import re
import sqlite3
import unittest

import tap
from desk import Place

OTHER = {  # commands that other tests run on both, or that ask no desk
    "alters": {
        "new", "receive", "call", "claim", "release", "reply", "note", "drafts save",
        "drafts discard", "drafts restore", "drafts adopt", "wait", "resolve", "reopen", "snooze",
        "no-answer", "discard", "priority", "subject", "tag", "untag", "merge", "split", "undo",
        "transfer", "take-over", "ask-for", "hand-over", "escalate", "ask", "answer-question",
        "memo", "customer new", "customer edit", "customer address", "customer note",
        "customer note-edit", "customer merge", "sign-in", "sign-out", "pause", "resume",
        "operator set", "operator password", "token add", "token revoke", "team set",
        "calendar set", "target set", "reasons set", "answers set", "setting set"},
    "of no desk": {"console", "keys", "completion", "help", "version"},
    "makes one": {"init", "sample"},
}


class Alike(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Place()
        desk = cls.place.desk
        for words in (["sample", desk], ["memo", "bruno", "-m", "pode olhar?"],
                      ["preference", "order", "waiting"]):
            result = cls.place.run(*words)
            assert result.status == 0, result
        cls.admin = next(o["login"] for o in cls.place.run("operator", "--json").json["operators"]
                         if o["role"] == "admin")
        cls.file = cls.place.file("nota.txt", "uma nota\n")
        cls.number = cls.place.run("queue", "--json").json["tickets"][0]["number"]
        for words in (["note", cls.number, "-m", "com arquivo", "--attach", cls.file],
                      ["drafts", "save", cls.number, "-m", "começado"],
                      ["token", "add", "painel"]):
            result = cls.place.run(*words)
            assert result.status == 0, result
        cls.customer = cls.place.run("show", cls.number, "--json").json["customer"]["id"]
        cls.place.serve()

    @classmethod
    def tearDownClass(cls):
        cls.place.close()

    def both(self, *words, as_="ana"):
        """What is printed by file and by server; ages may turn between the two."""
        for _ in range(3):
            results = [self.place.run(*words, as_=as_, desk=False, env={"ATENDE_DESK": desk})
                       for desk in (self.place.desk, self.place.where)]
            seen = [(r.status, r.out, r.err) for r in results]
            if seen[0] == seen[1]:
                break
        self.assertEqual(*seen, f"{words} as {as_}")
        return results[0]

    def reads(self):
        """Words of each command, without and with what it may be given."""
        ticket = str(self.number)
        return {
            "queue": [[], ["--free", "--limit", "3"], ["--mine"], ["--team", "entrega"],
                      ["--filter", "pedido"], ["--order", "newest", "--after", ticket],
                      *(["--list", name] for name in ("overdue", "waiting", "snoozed", "answered",
                                                      "mentions", "discarded", "nonsense"))],
            "show": [[ticket], ["999999"], ["x"]],
            "search": [["pedido"], ["pedido", "--limit", "2"], ["team:nonsense"]],
            "next": [[]],
            "log": [[], [ticket], ["999999"], ["--since", "100", "--limit", "5"]],
            "answers": [[], ["--ticket", ticket], ["nonsense"]],
            "drafts": [[], ["--bin"]],
            "memos": [[]],
            "presence": [[]],
            "customer": [[str(self.customer)], ["999999"], ["nobody@nowhere.example"]],
            "preference": [[]],
            "operator": [[]],
            "token": [[]],
            "token list": [[]],
            "team": [[]],
            "calendar": [[]],
            "target": [[]],
            "reasons": [[]],
            "setting": [[]],
            "doctor": [[]],
            "export": [[], *(["--format", "csv", "--table", name]
                             for name in ("tickets", "customers", "messages", "notes"))],
            "attachment": [],
            "backup": [],
            "import": [],
        }

    def test_each_command_is_known_here(self):
        lines = self.place.run("--help").out.split("\n\n  --", 1)[0].splitlines()
        names = {line[2:23].strip() for line in lines if re.match("  [a-z]", line)}
        self.assertGreater(len(names), 70)
        self.assertEqual(names, set(self.reads()).union(*OTHER.values()))

    def test_what_is_read_is_the_same(self):
        for as_ in ("ana", self.admin):
            for name, ways in self.reads().items():
                for words in ways:
                    with self.subTest(name=name, words=words, as_=as_):
                        plain = self.both(*name.split(), *words, as_=as_)
                        if name != "export":
                            self.both(*name.split(), *words, "--json", as_=as_)
                        self.assertIn(plain.status, (0, 1, 2, 3, 5))

    def test_most_of_it_was_there(self):
        """The comparison is of something."""
        for name, key in (("queue", "tickets"), ("memos", "memos"), ("drafts", "drafts"),
                          ("operator", "operators"), ("answers", "answers"),
                          ("token", "tokens"), ("preference", "preferences")):
            with self.subTest(name):
                self.assertTrue(self.both(name, "--json").json[key])

    def test_whom_it_does_not_know(self):
        self.both("queue", as_="nobody")

    def test_files(self):
        for desk in (self.place.desk, self.place.where):
            view = self.place.run("show", self.number, "--json", env={"ATENDE_DESK": desk}).json
            note = next(n for n in view["notes"] if n["attachments"])
            folder = self.place.file("from-" + str(len(desk)))
            os.mkdir(folder)
            result = self.place.run("attachment", self.number, note["attachments"][0]["id"],
                                    "-o", folder, env={"ATENDE_DESK": desk})
            self.assertEqual(result.status, 0, result)
            with open(result.out.strip(), "rb") as saved:
                self.assertEqual(saved.read(), b"uma nota\n")

    def test_backups_are_equal_desks(self):
        copies = []
        for i, desk in enumerate((self.place.desk, self.place.where)):
            copies.append(self.place.file(f"copy{i}.db"))
            result = self.place.run("backup", copies[i], as_=self.admin, env={"ATENDE_DESK": desk})
            self.assertEqual(result.status, 0, result)
            with sqlite3.connect(copies[i]) as copy:
                self.assertEqual(copy.execute("PRAGMA integrity_check").fetchone(), ("ok",))
        exports = [self.place.run("export", as_=self.admin, env={"ATENDE_DESK": copy}).out
                   for copy in copies]
        self.assertEqual(*exports)
        self.assertGreater(len(exports[0].splitlines()), 1000)

    def test_an_import_is_looked_at_alike(self):
        lines = [{"customer": {"name": "Bia", "addresses": ["bia@exemplo.example"]},
                  "messages": [{"text": "Oi"}]}, {"messages": 7}]
        path = self.place.file("in.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
        for words in (["import", path, "--dry-run"], ["import", path, "--dry-run", "--json"]):
            self.assertIn(self.both(*words, as_=self.admin).status, (0, 1))

    def test_a_desk_is_made_where_its_file_is(self):
        for name in ("init", "sample"):
            for where in (self.place.where, "http://127.0.0.1:1", "https://desk.invalid"):
                result = self.place.run(name, where, desk=False)
                self.assertNotEqual(result.status, 0)
                self.assertIn("made as a file", result.err, f"{name} {where}")


if __name__ == "__main__":
    tap.main()
