"""Import by mapping, from CSV, of our own export; export."""

import csv
import io
import json
import os
import re
import signal
import subprocess
import time

import tap
from desk import DeskCase, PROGRAM

MAPPING = """
[source]
zone = America/Sao_Paulo
[customer]
ref = {id}
name = {name}
address = {email}
[ticket]
ref = T{id}
subject = {title|message:30}
channel = web
team = {team}
state = {state}
tags = {tags}
at = {at}
[message]
text = {message}
at = {at}
[message]
when = {answer}
direction = out
author = {by}
text = {answer}
at = {answered}
[note]
when = {note}
text = {note}
at = {at}
[remark]
when = {remark}
text = {remark}
at = {at}
"""


def record(number, **more):
    return {"id": f"r{number}", "name": f"Cliente {number}", "email": f"c{number}@exemplo.example",
            "message": f"Mensagem {number}\ncom duas linhas", "at": "2025-03-01T10:00:00",
            "team": "entrega", **more}


class Import(DeskCase):
    def setUp(self):
        super().setUp()
        self.mapping = self.place.file("import.map", MAPPING)

    def file(self, *records, name="in.jsonl"):
        lines = [r if isinstance(r, str) else json.dumps(r) for r in records]
        return self.place.file(name, "".join(f"{line}\n" for line in lines))

    def take(self, path, *more, status=0, as_="root"):
        result = self.run_("import", path, "--mapping", self.mapping, "--json", *more, as_=as_)
        self.assertEqual(result.status, status, result)
        return result

    def tickets(self):
        found = {}
        for change in self.json("log", "--limit", "1000", as_="root")["changes"]:
            if change["kind"] == "new":
                ticket = self.show(change["ticket"])
                found[ticket["ref"]] = ticket
        return found

    def test_a_record(self):
        counts = self.take(self.file(record(
            1, title="Atraso", state="resolved", tags=["vip", "novo"], answer="Chegou hoje",
            by="bruno", answered="2025-03-02T09:00:00-03:00", note="Nota", remark="Gentil"))).json
        self.assertEqual((counts["customers"], counts["tickets"], counts["texts"],
                          counts["bad"]), (1, 1, 4, 0))
        ticket = self.tickets()["Tr1"]
        self.assertEqual((ticket["subject"], ticket["state"], ticket["team"]),
                         ("Atraso", "resolved", "entrega"))
        self.assertEqual(sorted(ticket["tags"]), ["novo", "vip"])
        self.assertEqual([(m["text"], m["direction"], m["author"], m["at"], m["state"])
                          for m in ticket["messages"]],
                         [("Mensagem 1\ncom duas linhas", "in", None, "2025-03-01T13:00:00Z",
                           "received"),
                          ("Chegou hoje", "out", "bruno", "2025-03-02T12:00:00Z", "sent")])
        self.assertEqual([(n["text"], n["at"]) for n in ticket["notes"]],
                         [("Nota", "2025-03-01T13:00:00Z")])
        self.assertEqual(ticket["customer"]["notes"][0]["text"], "Gentil")
        self.assertEqual(ticket["customer"]["address"], "c1@exemplo.example")
        self.assertEqual(ticket["opened_at"], "2025-03-01T13:00:00Z")

    def test_a_snooze(self):
        path = self.place.file("in.jsonl", "".join(json.dumps(r) + "\n" for r in (
            {"name": "A", "address": "a@x.example", "ref": "1", "subject": "S", "text": "T",
             "at": "2025-03-01T13:00:00Z", "state": "snoozed", "until": "2031-03-01T13:00:00Z"},
            {"name": "B", "address": "b@x.example", "ref": "2", "subject": "S", "text": "T",
             "at": "2025-03-01T13:00:00Z", "state": "snoozed"},
            {"name": "C", "address": "c@x.example", "ref": "3", "subject": "S", "text": "T",
             "at": "2025-03-01T13:00:00Z", "state": "snoozed", "until": "2025-03-02T13:00:00Z"})))
        self.done("import", path, as_="root")
        found = self.tickets()
        self.assertEqual((found["1"]["state"], found["1"]["snoozed_until"]),
                         ("snoozed", "2031-03-01T13:00:00Z"))
        self.assertIn(found["2"]["state"], ("waiting", "resolved"))  # nobody says until when
        self.assertEqual(found["3"]["state"], "open")  # over long ago

    def test_again_adds_nothing(self):
        # Of today: a server resolves what has waited for too long as soon as it is there.
        now = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() - 3600))
        path = self.file(*[record(i, at=now, note="N", remark="R", answer="A", by="ana",
                                  answered=now) for i in range(30)],
                         record(30), record(30, at="2025-03-03T10:00:00", message="De novo"))
        self.take(path)
        before = self.done("export", as_="root").out
        again = self.take(path).json
        self.assertEqual((again["customers"], again["tickets"], again["texts"]), (0, 0, 0))
        self.assertEqual(self.done("export", "-", as_="root").out, before)
        self.assertEqual([m["text"] for m in self.tickets()["Tr30"]["messages"]],
                         ["Mensagem 30\ncom duas linhas", "De novo"])

    def test_same_texts_are_not_one(self):
        mapping = self.place.file("each.map", """
[customer]
address = {email}
[ticket]
ref = {id}
subject = S
at = {at}
[message]
each = lines
text = {.}
at = {at}
""")
        path = self.file({"id": "1", "email": "a@b.example", "at": "2025-01-01T00:00:00Z",
                          "lines": ["Oi", "Oi", "Oi"]})
        for _ in range(2):
            self.done("import", path, "--mapping", mapping, as_="root")
        self.assertEqual(len(self.tickets()["1"]["messages"]), 3)

    def test_bad_lines_are_kept_aside(self):
        path = self.file(record(1), "no json", record(2, team="nada"), record(3, by="zeca",
                         answer="x", answered="2025-03-02T09:00:00"), record(4, at="ontem"),
                         record(5))
        result = self.take(path, status=1)
        self.assertEqual((result.json["records"], result.json["bad"], result.json["tickets"]),
                         (6, 4, 2))
        for line in (2, 3, 4, 5):
            self.assertRegex(result.err, rf"line {line}:")
        rejected = self.place.read("in.jsonl.rejected").decode().splitlines()
        self.assertEqual(len(rejected), 4)
        self.assertEqual(rejected[0], "no json")
        self.assertEqual(os.stat(path + ".rejected").st_mode & 0o777, 0o600)
        self.assertEqual(result.json["rejected"], path + ".rejected")
        self.assertEqual(set(self.tickets()), {"Tr1", "Tr5"})
        fixed = self.file(*[line.replace("nada", "entrega") for line in rejected], name="b.jsonl")
        self.assertEqual(self.take(fixed, status=1).json["tickets"], 1)

    def test_dry_run(self):
        path = self.file(record(1), "no json")
        result = self.take(path, "--dry-run", status=1)
        self.assertEqual((result.json["records"], result.json["bad"]), (2, 1))
        self.assertEqual(self.tickets(), {})
        self.assertFalse(os.path.exists(path + ".rejected"))

    def test_mapping_is_shown_first(self):
        result = self.run_("import", self.file(record(1)), "--mapping", self.mapping, as_="root")
        self.assertRegex(result.out, r"(?s)customer\.name = \{name\}.*1 records")

    def test_bad_mapping(self):
        bad = self.place.file("bad.map", "[ticket]\nsubjct = {x}\n")
        path = self.file(record(1))
        result = self.refused(1, "import", path, "--mapping", bad, as_="root")
        self.assertIn("2", result.err)
        self.refused(3, "import", path, "--mapping", "nada.map", as_="root")

    def test_only_supervisors(self):
        path = self.file(record(1))
        self.refused(5, "import", path, "--mapping", self.mapping, as_="ana")
        self.take(path, as_="davi")

    def test_no_file(self):
        self.refused(3, "import", "nada.jsonl", as_="root")

    def test_csv(self):
        mapping = self.place.file("csv.map", """
[source]
dates = dmy
[customer]
name = {Nome}
address = {"E-mail (1)"}
[ticket]
ref = {Nº}
subject = {Assunto}
at = {Data}
[message]
text = {Texto}
""")
        path = self.place.file("in.csv", "\ufeffNº;Nome;E-mail (1);Assunto;Data;Texto\r\n"
                               "7;Zé;ze@exemplo.example;Olá;31/12/2025;\"a; b\nc \"\"d\"\"\"\r\n"
                               "8;Bia;bia@exemplo.example;Oi;\"quebrada;x\r\n"
                               "9;Rui;rui@exemplo.example;Oi;01/01/2026;tudo bem\r\n")
        result = self.run_("import", path, "--mapping", mapping, "--json", as_="root")
        self.assertEqual(result.status, 1, result)
        self.assertEqual(result.json["bad"], 1)
        self.assertIn("line 4", result.err)
        self.assertEqual(self.tickets()["7"]["messages"][0]["text"], "a; b\nc \"d\"")
        self.assertEqual(self.place.read("in.csv.rejected").decode().splitlines()[0],
                         "Nº;Nome;E-mail (1);Assunto;Data;Texto")

    def test_default_mapping(self):
        path = self.file({"customer": {"name": "Bia", "addresses": ["bia@exemplo.example"]},
                          "ticket": {"ref": "A-1", "subject": "S", "channel": "chat"},
                          "text": "Oi", "at": "2025-01-01T00:00:00Z"},
                         {"ticket": "A-1", "text": "Resposta", "direction": "out",
                          "at": "2025-01-01T00:01:00Z"},
                         {"ticket": "A-9", "text": "Perdida", "at": "2025-01-01T00:01:00Z"})
        result = self.run_("import", path, "--json", as_="root")
        self.assertEqual((result.status, result.json["bad"]), (1, 1), result)
        self.assertEqual(len(self.tickets()["A-1"]["messages"]), 2)

    def test_from_standard_input(self):
        with open(self.file(record(1)), "rb") as file:
            result = self.run_("import", "-", "--mapping", self.mapping, input=file.read(),
                               as_="root")
        self.assertEqual(result.status, 0, result)
        self.assertEqual(set(self.tickets()), {"Tr1"})

    def test_interrupted_import_goes_on(self):
        path = self.file(*[record(i) for i in range(20000)])
        environment = {"HOME": self.place.path, "ATENDE_DESK": self.place.desk,
                       "ATENDE_AS": "root", "LC_ALL": "C.UTF-8"}
        with subprocess.Popen([PROGRAM, "import", path, "--mapping", self.mapping],
                              env=environment, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            process.stdout.readline()
            process.send_signal(signal.SIGINT)
            process.communicate()
        self.assertEqual(process.returncode, 130)
        self.assertTrue(self.json("doctor")["healthy"])
        counts = self.take(path).json
        self.assertEqual((counts["records"], counts["bad"]), (20000, 0))
        self.assertGreater(counts["known"], 0)

    def test_hostile_texts_are_cleaned(self):
        self.take(self.file(record(1, message="a\u202eb\u001b]0;x\u0007c")))
        text = self.tickets()["Tr1"]["messages"][0]["text"]
        self.assertIsNone(re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", text), text)


class Export(DeskCase):
    def fill(self):
        n = self.new("--name", "Maria", text="a\"b\\c\né ☎ 😀")
        self.done("note", n, "-m", "Veja @carla")
        self.done("reply", n, "-m", "Oi", "--resolve", "atraso")
        self.done("receive", n, "-m", "De novo")
        self.done("tag", n, "vip")
        other = self.new("--priority", "high")
        self.done("merge", other, n)
        self.done("setting", "set", "claim", "3m", as_="root")
        self.done("drafts", "save", n, "-m", "Rascunho")
        self.done("ask", n, "--team", "cobranca", "-m", "?")
        return n

    def test_round_trip(self):
        n = self.fill()
        first = self.place.file("first.jsonl")
        self.done("export", first, as_="root")
        for make in (False, True):
            copy = self.place.file(f"copy{make}.db")
            if make:
                self.done("init", copy, as_="elsa")
            self.done("--desk", copy, "import", first, as_="elsa" if make else "root")
            second = self.done("--desk", copy, "export", "-", as_="root").out
            self.assertEqual(second, self.place.read("first.jsonl").decode())
            self.assertTrue(self.json("--desk", copy, "doctor")["healthy"])
            self.assertEqual(self.json("--desk", copy, "show", n), self.json("show", n))
            found = self.json("--desk", copy, "search", "novo")["tickets"]
            self.assertEqual([t["number"] for t in found], [n])

    def test_half_an_export_is_refused(self):
        self.fill()
        lines = self.done("export", "-", as_="root").out.splitlines(True)
        half = self.place.file("half.jsonl", "".join(lines[:-1]))
        self.refused(1, "--desk", "copy.db", "import", half, as_="root")
        self.assertEqual([n for n in os.listdir(self.place.path) if "copy" in n], [])
        lost = self.place.file("lost.jsonl", "".join(lines[:5] + lines[6:]))
        self.refused(1, "--desk", "copy.db", "import", lost, as_="root")

    def test_not_into_a_desk_in_use(self):
        self.fill()
        path = self.place.file("all.jsonl")
        self.done("export", path, as_="root")
        other = self.place.file("other.db")
        self.done("init", other, as_="root")
        self.done("--desk", other, "new", "--channel", "email", "--customer", "a@b.example",
                  "--subject", "S", "-m", "x", as_="root")
        self.refused(1, "--desk", other, "import", path, as_="root")
        self.assertEqual(self.json("--desk", other, "show", 1001, as_="root")["subject"], "S")

    def test_csv(self):
        n = self.fill()
        rows = list(csv.DictReader(io.StringIO(
            self.done("export", "-", "--format", "csv", as_="root").out)))
        row = next(r for r in rows if r["number"] == str(n))
        self.assertEqual((row["subject"], row["state"], row["team"], row["assignee"]),
                         ("Atraso", "open", "entrega", "ana"))
        self.assertRegex(row["opened_at"], r"^\d{4}-\d\d-\d\dT")
        self.new(subject="=1+1", customer="x@y.example")
        text = self.done("export", "-", "--format", "csv", as_="root").out
        self.assertIn("'=1+1", text)
        rows = list(csv.DictReader(io.StringIO(self.done(
            "export", "-", "--format", "csv", "--table", "messages", as_="root").out)))
        self.assertIn("a\"b\\c\né ☎ 😀", [r["text"] for r in rows])

    def test_refusals(self):
        self.refused(5, "export", "-")
        self.refused(2, "export", "-", "--table", "notes", as_="root")
        self.refused(1, "export", "/nonexistent/x", as_="root")
        path = self.place.file("keep.jsonl", "old")
        os.mkdir(path + ".partial")
        self.refused(1, "export", path, as_="root")
        self.assertEqual(self.place.read("keep.jsonl"), b"old")


if __name__ == "__main__":
    tap.main()
