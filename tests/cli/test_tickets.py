"""Tickets: opening, writing, states, colleagues, lists."""

import json
import signal
import subprocess
import unittest

import tap
from desk import DeskCase, PROGRAM


class Ticket(DeskCase):
    def test_new_prints_its_number(self):
        first, second = self.new(), self.new(customer="joao@exemplo.example")
        self.assertEqual((first, second), (1001, 1002))
        ticket = self.show(first)
        self.assertEqual((ticket["state"], ticket["channel"], ticket["team"]),
                         ("open", "email", "entrega"))
        self.assertEqual(ticket["customer"]["address"], "maria@exemplo.example")
        self.assertEqual(ticket["messages"][0]["text"], "Onde está?")

    def test_new_options(self):
        n = self.new("--priority", "high", "--name", "Maria Souza", "--ref", "A-1")
        ticket = self.show(n)
        self.assertEqual((ticket["priority"], ticket["customer"]["name"], ticket["ref"]),
                         ("high", "Maria Souza", "A-1"))
        self.refused(1, "new", "--channel", "email", "--customer", "x@y.example", "--subject", "S",
                     "-m", "t", "--ref", "A-1")
        n = self.new("--outbound", customer="joao@exemplo.example")
        self.assertEqual(self.show(n)["state"], "waiting")

    def test_new_refusals(self):
        self.refused(2, "new", "-m", "x")
        self.refused(2, "new", "--channel", "pombo", "--customer", "a@b.example", "--subject", "s",
                     "-m", "x", says="email")
        self.refused(1, "new", "--channel", "email", "--customer", "a@@b", "--subject", "s", "-m",
                     "x")
        self.refused(3, "new", "--channel", "email", "--customer", "a@b.example", "--subject", "s",
                     "--team", "nada", "-m", "x", says="nada")

    def test_receive_reopens(self):
        n = self.new()
        self.done("reply", n, "-m", "Pronto", "--resolve", "atraso")
        self.assertEqual(self.json("receive", n, "-m", "Obrigada!")["ticket"], n)
        self.assertEqual(self.show(n)["state"], "open")
        self.done("no-answer", n)
        self.assertEqual(self.show(n)["state"], "resolved")

    def test_note_and_mention(self):
        n = self.new()
        self.refused(3, "show", n, as_="carla")
        self.done("note", n, "-F", "-", input="Veja isto @carla\n")
        self.assertEqual(self.show(n)["notes"][0]["text"], "Veja isto @carla")
        self.assertEqual(self.show(n, as_="carla")["number"], n)

    def test_words_are_the_readers_where_people_read(self):
        n = self.new("--priority", "high")
        self.done("reply", n, "-m", "Pronto", "--stay-open")
        said = self.done("queue", env={"LANGUAGE": "pt_BR"}).out
        for word in ("aberto", "alta", "e-mail"):
            self.assertIn(word, said)
        said = self.done("show", n, env={"LANGUAGE": "pt_BR"}).out
        for word in ("aberto", "e-mail", "na fila"):
            self.assertIn(word, said)
        self.assertNotIn("queued", said)
        row = self.json("queue", env={"LANGUAGE": "pt_BR"})["tickets"][0]
        self.assertEqual((row["state"], row["priority"], row["channel"]),
                         ("open", "high", "email"))
        self.done("queue", "--order", "waiting", env={"LANGUAGE": "pt_BR"})

    def test_states(self):
        n = self.new()
        self.done("wait", n)
        self.assertEqual(self.show(n)["state"], "waiting")
        self.refused(1, "wait", n)
        self.done("reopen", n)
        self.refused(1, "reopen", n)
        self.done("snooze", n, "--until", "2h")
        self.assertEqual(self.show(n)["state"], "snoozed")
        self.refused(2, "snooze", n)
        self.refused(1, "snooze", n, "--until", "ontem")
        self.done("snooze", n, "--until", "amanhã 9h")
        self.refused(1, "snooze", n, "--until", "2020-01-01")
        self.done("resolve", n, "--reason", "atraso")
        self.refused(1, "resolve", n, "--reason", "atraso")

    def test_resolve_needs_a_reason_that_is_there(self):
        n = self.new()
        self.refused(1, "resolve", n, says="--reason")
        self.refused(3, "resolve", n, "--reason", "nada")

    def test_snooze_in_local_time(self):
        n = self.new()
        self.refused(2, "snooze", n, "tomorrow", says="for example: atende snooze")
        self.done("snooze", n, "--until", "2037-06-01 14:00")
        self.assertEqual(self.show(n)["snoozed_until"], "2037-06-01T17:00:00Z")
        self.done("snooze", n, "--until", "2037-06-01T14:00:00+02:00")
        self.assertEqual(self.show(n)["snoozed_until"], "2037-06-01T12:00:00Z")
        self.done("snooze", n, "--until", "2037-06-01")
        self.assertEqual(self.show(n)["snoozed_until"], "2037-06-01T12:00:00Z")

    def test_discard(self):
        first, second = self.new(), self.new()
        self.refused(2, "discard", first)
        self.refused(2, "discard", first, "--spam", "--test")
        self.done("discard", first, "--duplicate-of", second)
        self.assertEqual(self.show(first)["state"], "discarded")
        self.refused(1, "claim", first)
        self.done("discard", second, "--spam")

    def test_priority_subject_tags(self):
        n = self.new()
        self.done("priority", n, "urgent")
        self.refused(1, "priority", n, "urgent")
        self.refused(2, "priority", n, "enorme", says="urgent")
        self.done("subject", n, "Outro assunto")
        self.done("tag", n, "vip", "natal")
        self.refused(1, "tag", n, "vip")
        ticket = self.show(n)
        self.assertEqual((ticket["priority"], ticket["subject"], sorted(ticket["tags"])),
                         ("urgent", "Outro assunto", ["natal", "vip"]))
        self.done("untag", n, "vip")
        self.refused(1, "untag", n, "vip")

    def test_transfer(self):
        n = self.new()
        self.refused(2, "transfer", n)
        self.refused(3, "transfer", n, "--team", "nada")
        self.refused(3, "transfer", n, "--to", "ninguem")
        self.done("transfer", n, "--to", "bruno", "-m", "É seu")
        self.assertEqual(self.show(n)["assignee"], "bruno")
        self.assertEqual(self.show(n)["notes"][0]["text"], "É seu")
        self.done("transfer", n, "--team", "cobranca")
        self.assertEqual(self.show(n, as_="carla")["team"], "cobranca")
        self.done("transfer", n, "--team", "none", as_="carla")
        self.assertIsNone(self.show(n)["team"])

    def test_escalate(self):
        n = self.new()
        self.done("escalate", n, "-m", "Terceira vez")
        self.assertEqual(self.show(n)["priority"], "high")
        self.assertIsNotNone(self.show(n)["escalated_at"])

    def test_question(self):
        n = self.new()
        self.refused(2, "ask", n, "-m", "Saiu?")
        self.done("ask", n, "--team", "cobranca", "-m", "O estorno saiu?")
        question = self.show(n, as_="carla")["questions"][0]
        self.refused(3, "answer-question", n, 9999, "-m", "Saiu", as_="carla")
        self.done("answer-question", n, question["id"], "-m", "Saiu ontem", as_="carla")
        question = self.show(n)["questions"][0]
        self.assertEqual((question["answer"], question["answered_by"]), ("Saiu ontem", "carla"))

    def test_merge_and_undo(self):
        first, second, other = self.new(), self.new(), self.new(customer="joao@exemplo.example")
        self.refused(1, "merge", first, other)
        self.refused(3, "merge", first, 9999)
        revision = self.json("merge", first, second)["revision"]
        self.assertEqual(len(self.show(second)["messages"]), 2)
        self.done("undo", revision)
        self.assertEqual(len(self.show(second)["messages"]), 1)

    def test_split(self):
        n = self.new()
        self.done("receive", n, "-m", "E outra coisa")
        message = self.show(n)["messages"][1]["id"]
        self.refused(2, "split", n)
        self.refused(3, "split", n, "--from-message", 9999, "--subject", "Outra")
        number = self.json("split", n, "--from-message", message, "--subject", "Outra")["ticket"]
        self.assertEqual(self.show(number)["messages"][0]["text"], "E outra coisa")
        self.assertEqual(self.show(number)["linked_to"], n)

    def test_call(self):
        n = self.new()
        self.refused(2, "call", n, "--contact", "talvez")
        self.done("call", n, "--contact", "no_answer", "--back", "2h", "-m", "Chamou")
        self.assertEqual(self.show(n)["state"], "snoozed")
        self.done("call", n, "--for", "3m", "--resolve", "atraso")
        message = self.show(n)["messages"][-1]
        self.assertEqual((message["channel"], message["contact"]), ("phone", "answered"))
        self.assertEqual(self.show(n)["state"], "resolved")
        self.done("call", n, "--inbound", "--counter")


class Lists(DeskCase):
    def numbers(self, *options, **more):
        return [t["number"] for t in self.json("queue", *options, **more)["tickets"]]

    def test_lists(self):
        a, b = self.new(), self.new(customer="joao@exemplo.example")
        c = self.new("--priority", "urgent", customer="rui@exemplo.example")
        self.done("claim", b)
        self.assertEqual(set(self.numbers()), {a, b, c})
        self.assertEqual(set(self.numbers("--free")), {a, c})
        self.assertEqual(self.numbers("--mine"), [b])
        self.assertEqual(self.numbers("--order", "priority")[0], c)
        self.assertEqual(self.numbers("--order", "newest")[0], c)
        self.assertEqual(self.numbers("--filter", "priority:urgent"), [c])
        self.assertEqual(self.numbers("--filter", "joao"), [b])
        self.assertEqual(self.numbers("--team", "cobranca"), [])
        self.assertEqual(self.numbers(as_="carla"), [])
        self.done("wait", a)
        self.assertEqual(self.numbers("--list", "waiting"), [a])
        self.refused(2, "queue", "--free", "--mine")
        self.refused(2, "queue", "--order", "beleza")
        self.refused(1, "queue", "--filter", "team:nada")
        self.refused(3, "queue", "--team", "nada")

    def test_pages(self):
        made = [self.new(customer=f"c{i}@exemplo.example") for i in range(5)]
        found, after = [], []
        while True:
            page = self.json("queue", "--limit", 2, *after)
            found += [t["number"] for t in page["tickets"]]
            if not page["has_more"]:
                break
            after = ["--after", found[-1]]
        self.assertEqual(found, made)

    def test_search(self):
        n = self.new(text="O rastreio está parado em Uberlândia")
        for words in ("uberlandia", "RASTREIO parado", "rastr*", "maria@exemplo.example", n):
            found = self.json("search", *str(words).split())["tickets"]
            self.assertEqual([t["number"] for t in found], [n], words)
        self.assertEqual(self.json("search", "nadaaqui")["tickets"], [])
        self.assertEqual(self.json("search", "rastreio", as_="carla")["tickets"], [])

    def test_log(self):
        n = self.new()
        self.done("claim", n)
        changes = self.json("log", n)["changes"]
        self.assertEqual([c["kind"] for c in changes], ["new", "claim"])
        self.assertEqual([c["actor"] for c in changes], ["ana", "ana"])
        later = self.json("log", "--since", changes[0]["revision"])["changes"]
        self.assertEqual([c["kind"] for c in later], ["claim"])

    def test_log_of_what_is_not_there(self):
        n = self.new()
        self.refused(3, "log", 9999)
        self.refused(3, "log", n, as_="carla")
        self.refused(1, "undo", 1, as_="root")

    def test_following_the_log(self):
        environment = {"HOME": self.place.path, "ATENDE_DESK": self.place.desk,
                       "ATENDE_AS": "ana", "LC_ALL": "C.UTF-8"}
        with subprocess.Popen([PROGRAM, "log", "--follow", "--since", "0", "--json"],
                              env=environment, stdout=subprocess.PIPE) as process:
            kind = ""
            n = self.new()
            while kind != "new":
                change = json.loads(process.stdout.readline())
                kind = change["kind"]
            process.send_signal(signal.SIGINT)
            process.communicate()
        self.assertEqual((change["ticket"], process.returncode), (n, 130))

    def test_plain_texts(self):
        n = self.new()
        self.assertIn("maria@exemplo.example", self.done("show", n).out)
        table = self.done("queue").out.splitlines()
        self.assertEqual(len(table), 2)
        self.assertTrue(table[1].lstrip().startswith(str(n)))
        self.assertIn("opened it", self.done("log", n).out)
        self.assertEqual(self.done("queue", as_="carla").out, "no tickets\n")


if __name__ == "__main__":
    tap.main()
