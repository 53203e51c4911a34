"""Customers, drafts, the directory of a desk, an operator's day."""

import tap
from desk import DeskCase


class Customer(DeskCase):
    def make(self, *more, name="Maria Souza"):
        return int(self.done("customer", "new", name, *more).out)

    def test_show_by_number_and_address(self):
        number = self.make("--address", "maria@exemplo.example")
        self.done("customer", "address", number, "+5511912340001")
        self.done("customer", "address", number, "529.982.247-25")
        for name in (number, "MARIA@exemplo.example", "(11) 91234-0001", "52998224725"):
            self.assertEqual(self.json("customer", name)["id"], number, name)
        self.refused(3, "customer", "outra@exemplo.example")
        self.refused(3, "customer", "424242")

    def test_addresses(self):
        number = self.make("--address", "maria@exemplo.example")
        other = self.make(name="João")
        self.refused(1, "customer", "address", other, "maria@exemplo.example", says=str(number))
        self.refused(1, "customer", "address", number, "maria@exemplo.example")
        self.done("customer", "address", number, "maria@exemplo.example", "--remove")
        self.refused(1, "customer", "address", number, "maria@exemplo.example", "--remove")
        self.assertEqual(self.json("customer", number)["addresses"], [])

    def test_edit(self):
        number = self.make()
        self.refused(2, "customer", "edit", number)
        self.done("customer", "edit", number, "--name", "Bia", "--channel", "whatsapp",
                  "--do-not-call", "yes", "--shared", "no")
        customer = self.json("customer", number)
        self.assertEqual((customer["name"], customer["preferred_channel"],
                          customer["do_not_call"], customer["shared"]),
                         ("Bia", "whatsapp", True, False))

    def test_notes(self):
        number = self.make()
        self.done("customer", "note", number, "-m", "Prefere e-mail")
        self.done("customer", "note", number, "-m", "Cuidado", "--pinned")
        notes = self.json("customer", number)["notes"]
        self.assertEqual([(n["text"], n["pinned"]) for n in notes],
                         [("Cuidado", True), ("Prefere e-mail", False)])
        self.refused(2, "customer", "note-edit", number, notes[0]["id"])
        self.refused(3, "customer", "note-edit", number, 9999, "--remove")
        self.done("customer", "note-edit", number, notes[0]["id"], "--pin", "no", "-m", "Tudo bem")
        self.done("customer", "note-edit", number, notes[1]["id"], "--remove")
        self.assertEqual([n["text"] for n in self.json("customer", number)["notes"]], ["Tudo bem"])

    def test_merge_and_undo(self):
        first = self.make("--address", "maria@exemplo.example")
        second = self.make("--address", "mari@exemplo.example")
        revision = self.json("customer", "merge", first, second)["revision"]
        self.assertEqual(self.json("customer", "maria@exemplo.example")["id"], second)
        self.done("undo", revision)
        self.assertEqual(self.json("customer", "maria@exemplo.example")["id"], first)
        self.refused(1, "customer", "merge", first, first)


class Drafts(DeskCase):
    def test_bin(self):
        n = self.new()
        self.done("drafts", "save", n, "-m", "Rascunho")
        self.done("drafts", "save", n, "-m", "Nota", "--kind", "note")
        self.assertEqual({(d["kind"], d["text"]) for d in self.json("drafts")["drafts"]},
                         {("reply", "Rascunho"), ("note", "Nota")})
        self.done("drafts", "discard", n)
        self.assertEqual([d["text"] for d in self.json("drafts")["drafts"]], ["Nota"])
        self.done("drafts", "restore", n)
        self.assertEqual(len(self.json("drafts")["drafts"]), 2)
        self.refused(2, "drafts", "adopt", n)
        self.refused(3, "drafts", "adopt", n, "--from", "bruno")
        self.refused(3, "drafts", "discard", n, as_="bruno")
        self.refused(3, "drafts", "restore", n, as_="bruno")
        self.assertEqual(self.done("drafts", as_="carla").out, "no drafts\n")


class Directory(DeskCase):
    def test_operators(self):
        logins = [o["login"] for o in self.json("operator")["operators"]]
        self.assertEqual(logins, ["root", "ana", "bruno", "davi", "carla"])
        self.refused(5, "operator", "set", "eva")
        self.done("operator", "set", "eva", "--name", "Eva", as_="root")
        self.done("operator", "set", "eva", "--enabled", "no", as_="root")
        self.refused(5, "queue", as_="eva")
        self.refused(3, "operator", "set", "eva", "--teams", "nada", as_="root")
        self.refused(1, "operator", "set", "root", "--role", "operator", as_="root")
        self.refused(1, "operator", "set", "Ána", as_="root")

    def test_unknown_operator(self):
        self.refused(3, "queue", as_="zeca", says="zeca")
        self.refused(3, "queue", "--as", "zeca")

    def test_teams_calendars_targets(self):
        self.refused(3, "team", "set", "entrega", "--calendar", "nada", as_="root")
        self.done("calendar", "set", "loja", "--zone", "America/Sao_Paulo", "--hours",
                  "mon-fri 09:00-12:00 13:00-18:00", "--holidays", "2026-12-25", as_="root")
        self.refused(1, "calendar", "set", "lua", "--zone", "Lua/Mar", as_="root")
        self.refused(1, "calendar", "set", "loja", "--hours", "mon 25:00-26:00", as_="root")
        self.done("team", "set", "entrega", "--calendar", "loja", "--questions", "4h", as_="root")
        team = self.json("team")["teams"][0]
        self.assertEqual(team["question_ms"], 4 * 3600 * 1000)
        self.assertEqual(team["calendar"], "loja")
        self.done("team", "set", "entrega", "--calendar", "none", as_="root")
        self.assertIsNone(self.json("team")["teams"][0]["calendar"])
        self.assertEqual(self.json("calendar")["calendars"][0]["zone"], "America/Sao_Paulo")
        self.done("target", "set", "--channel", "chat", "--first-answer", "5m", as_="root")
        self.assertEqual(self.json("target")["targets"][0]["first_answer_ms"], 300000)
        self.done("target", "set", "--channel", "chat", as_="root")
        self.assertEqual(self.json("target")["targets"], [])
        self.done("target", "set", "--resolution", "5d", as_="root")
        self.refused(5, "target", "set", "--first-answer", "5m")
        self.refused(2, "target", "set", "--first-answer", "cinco", as_="root")
        for name in ("team", "calendar", "target", "operator", "reasons", "setting"):
            self.assertNotEqual(self.done(name).out, "")

    def test_due_by_target(self):
        self.done("target", "set", "--first-answer", "1h", as_="root")
        ticket = self.show(self.new())
        self.assertIsNotNone(ticket["due_at"])

    def test_reasons(self):
        self.refused(5, "reasons", "set", "novo")
        self.done("reasons", "set", "greve", "--name", "Greve", "--below", "atraso", as_="davi")
        found = {r["key"]: r["parent"] for r in self.json("reasons")["reasons"]}
        self.assertEqual(found, {"atraso": None, "greve": "atraso"})
        self.done("reasons", "set", "greve", "--below", "none", as_="davi")
        self.assertIsNone(self.json("reasons")["reasons"][1]["parent"])

    def test_answers(self):
        self.refused(1, "answers", "set", "ola", as_="davi")
        self.done("answers", "set", "ola", "-m",
                  "Olá, {{customer.first_name}}! Atendimento {{ticket.number}}. {{nada}}",
                  as_="davi")
        n = self.new("--name", "Maria Souza")
        result = self.done("answers", "ola", "--ticket", n)
        self.assertEqual(result.out, f"Olá, Maria! Atendimento {n}. {{{{nada}}}}\n")
        self.assertIn("{{nada}}", result.err)
        self.assertEqual([a["key"] for a in self.json("answers")["answers"]], ["ola"])
        self.refused(3, "answers", "nada")

    def test_settings(self):
        self.done("setting", "set", "claim", "3m", as_="root")
        self.assertEqual(self.json("setting")["settings"]["claim"], 180000)
        self.refused(5, "setting", "set", "claim", "3m")
        self.refused(1, "setting", "set", "claim", "três", as_="root")
        self.refused(1, "setting", "set", "nada", "3m", as_="root")


class Day(DeskCase):
    def operator(self, login="ana"):
        return next(o for o in self.json("operator")["operators"] if o["login"] == login)

    def test_day(self):
        self.done("sign-in")
        self.assertIsNotNone(self.operator()["signed_in_at"])
        self.done("pause", "almoço")
        self.assertEqual(self.operator()["pause_reason"], "almoço")
        self.refused(1, "pause")
        self.done("resume")
        self.refused(1, "resume")
        n = self.new()
        self.done("claim", n)
        self.done("sign-out")
        self.assertIsNone(self.show(n)["claimed_by"])
        self.assertIsNone(self.operator()["signed_in_at"])


if __name__ == "__main__":
    tap.main()
