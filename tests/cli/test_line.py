"""The internal line: memos, who is where, asking for a ticket and handing it over."""

import tap
from desk import DeskCase


class Memo(DeskCase):
    def memos(self, as_, *more):
        return self.json("memos", *more, as_=as_)

    def test_to_an_operator(self):
        self.done("memo", "carla", "Pode", "olhar?")
        memo = self.memos("carla")["memos"][0]
        self.assertEqual((memo["author"], memo["operator"], memo["team"], memo["ticket"]),
                         ("ana", "carla", None, None))
        self.assertEqual((memo["text"], memo["is_unread"]), ("Pode olhar?", True))
        self.assertEqual(self.memos("carla")["unread"], 1)
        self.assertFalse(self.memos("ana")["memos"][0]["is_unread"])
        self.assertEqual(self.memos("bruno")["memos"], [])

    def test_to_a_team_and_to_all(self):
        self.done("memo", "entrega", "-m", "Oi", as_="carla")
        self.assertEqual(self.memos("ana")["memos"][0]["team"], "entrega")
        self.refused(5, "memo", "all", "Oi")
        self.done("memo", "all", "Oi a todos", as_="root")
        self.assertEqual(self.memos("carla")["memos"][0]["text"], "Oi a todos")
        self.assertIn("root > all", self.done("memos", as_="carla").out)

    def test_from_a_file_clean_and_short(self):
        path = self.place.file("text", "Um\x1b[2J\ndois\n")
        self.done("memo", "bruno", "-F", path)
        self.assertEqual(self.memos("bruno")["memos"][0]["text"], "Um[2J\ndois")
        self.refused(1, "memo", "bruno", "-m", "x" * 2001, says="2000")
        self.refused(2, "memo", "bruno", "Oi", "-m", "Oi")
        self.refused(2, "memo", "bruno")

    def test_receivers(self):
        self.refused(3, "memo", "ninguem", "Oi", says="ninguem")
        self.refused(1, "memo", "ana", "Oi")
        words = self.place.run("complete", "--", "memo", "").out
        for word in ("all", "bruno", "entrega"):
            self.assertRegex(words, rf"(?m)^{word} ")

    def test_about_a_ticket(self):
        n = self.new()
        self.done("memo", "bruno", "--ticket", n, "Ligou de novo")
        self.done("memo", "carla", "--ticket", n, "É com vocês?")
        self.assertEqual(self.memos("bruno")["memos"][0]["ticket"], n)
        self.assertIsNone(self.memos("carla")["memos"][0]["ticket"])
        self.assertEqual([m["text"] for m in self.json("show", n, as_="bruno")["memos"]],
                         ["Ligou de novo"])
        self.assertIn("Ligou de novo", self.done("show", n, as_="bruno").out)
        self.assertNotIn("com vocês", self.done("show", n, as_="bruno").out)
        self.refused(3, "memo", "bruno", "--ticket", n, "Oi", as_="carla")

    def test_reading(self):
        self.assertIn("no memos", self.done("memos").out)
        for text in "abc":
            self.done("memo", "bruno", text)
        page = self.memos("bruno", "--limit", 2)
        self.assertEqual([m["text"] for m in page["memos"]], ["c", "b"])
        self.assertTrue(page["has_more"])
        page = self.memos("bruno", "--before", page["memos"][-1]["id"])
        self.assertEqual([m["text"] for m in page["memos"]], ["a"])
        self.assertEqual(page["unread"], 3)
        self.assertEqual(self.done("memos", "--read", as_="bruno").out.count("* "), 3)
        self.assertEqual(self.memos("bruno")["unread"], 0)
        self.done("memos", "--read", as_="bruno")

    def test_in_the_log_without_the_text(self):
        self.done("memo", "bruno", "Segredo")
        self.assertNotIn("Segredo", self.done("log", "--json", as_="root").out)
        self.assertIn('"memo"', self.done("log", "--json", as_="bruno").out)
        self.assertNotIn('"memo"', self.done("log", "--json", as_="carla").out)

    def test_exported_and_brought_back(self):
        self.done("memo", "bruno", "Oi")
        records = self.done("export", as_="root").out
        self.assertIn('"memo_reader"', records)
        self.assertIn('"Oi"', records)
        self.done("doctor", as_="root")


class HandOver(DeskCase):
    def test_asked_for_and_handed_over(self):
        n = self.new()
        self.refused(4, "ask-for", n, as_="bruno", says="nobody")
        self.done("claim", n)
        self.done("drafts", "save", n, "-m", "Olá João")
        self.done("ask-for", n, as_="bruno")
        self.refused(4, "hand-over", n, "ana", as_="bruno", says="hold")
        self.done("hand-over", n, "bruno")
        ticket = self.json("show", n, as_="bruno")
        self.assertEqual((ticket["claimed_by"], ticket["assignee"]), ("bruno", "bruno"))
        self.assertEqual(ticket["drafts"][0]["text"], "Olá João")
        self.assertIn("Olá João", self.done("drafts", "--bin").out)

    def test_not_to_anybody(self):
        n = self.new()
        self.done("claim", n)
        self.refused(3, "hand-over", n, "ninguem")
        self.refused(1, "hand-over", n, "carla", says="carla")
        self.refused(4, "hand-over", n, "bruno", "--generation", 1)
        self.done("setting", "set", "max_claims", "1", as_="root")
        self.done("claim", self.new(customer="joao@exemplo.example"), as_="bruno")
        self.refused(4, "hand-over", n, "bruno", says="bruno holds 1")


class Presence(DeskCase):
    def test_nobody_is_here_without_a_console(self):
        self.assertIn("nobody", self.done("presence").out)
        self.assertEqual(self.json("presence"), {"presences": []})
        self.assertEqual(self.json("presence", self.new()), {"presences": []})


if __name__ == "__main__":
    tap.main()
