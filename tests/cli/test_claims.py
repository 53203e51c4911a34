"""Claims and replies: who may, who is refused, what is kept."""

import os
import subprocess
import unittest
import uuid

import tap
from desk import DeskCase, PROGRAM


class Claim(DeskCase):
    def test_claimed_by_one(self):
        n = self.new()
        self.done("claim", n)
        ticket = self.show(n)
        self.assertEqual(ticket["claimed_by"], "ana")
        self.assertIsNotNone(ticket["claim_expires_at"])

    def test_claiming_again_is_a_success(self):
        n = self.new()
        first = self.json("claim", n)
        second = self.json("claim", n)
        self.assertEqual(first["generation"], second["generation"])

    def test_refusal_names_the_holder(self):
        n = self.new()
        self.done("claim", n)
        self.refused(4, "claim", n, as_="bruno", says="ana")
        result = self.refused(4, "claim", n, "--json", as_="bruno", says="ana")
        self.assertIn('"code":"conflict"', result.err)

    def test_release(self):
        n = self.new()
        self.refused(4, "release", n)
        self.done("claim", n)
        self.refused(4, "release", n, as_="bruno", says="ana")
        self.refused(4, "release", n, "--generation", 1)
        self.done("release", n)
        self.assertIsNone(self.show(n)["claimed_by"])

    def test_take_over(self):
        n = self.new()
        self.done("claim", n)
        self.refused(5, "take-over", n, as_="bruno")
        self.done("take-over", n, as_="davi")
        self.assertEqual(self.show(n)["claimed_by"], "davi")

    def test_covers_the_customers_other_tickets(self):
        first, second = self.new(), self.new(subject="Outro")
        self.done("claim", first)
        self.refused(4, "claim", second, as_="bruno", says="ana")
        self.refused(4, "reply", second, "-m", "Oi", "--wait", as_="bruno", says="ana")
        self.done("claim", second, "--separate", as_="bruno")

    def test_too_many(self):
        self.done("setting", "set", "max_claims", "1", as_="root")
        first, second = self.new(), self.new(customer="joao@exemplo.example")
        self.done("claim", first)
        self.refused(4, "claim", second, says=str(first))

    def test_unknown_ticket(self):
        self.refused(3, "claim", 9999)

    def test_other_teams_ticket_is_not_there(self):
        self.refused(3, "claim", self.new(), as_="carla")

    def test_twenty_race_for_one(self):
        for i in range(20):
            self.done("operator", "set", f"op{i}", "--teams", "entrega", as_="root")
        n = self.new()
        environment = {"PATH": os.environ["PATH"], "HOME": self.place.path,
                       "ATENDE_DESK": self.place.desk, "LC_ALL": "C.UTF-8"}
        racers = [subprocess.Popen([PROGRAM, "claim", str(n), "--as", f"op{i}"],
                                   env=environment, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE) for i in range(20)]
        ends = [(r.communicate()[1].decode(), r.returncode) for r in racers]
        holder = self.show(n)["claimed_by"]
        self.assertEqual(sorted(status for _, status in ends), [0] + [4] * 19)
        for err, status in ends:
            self.assertTrue(status == 0 or holder in err, err)


class Reply(DeskCase):
    def reply(self, n, *more, text="Chega amanhã.", **options):
        return self.done("reply", n, "-F", "-", *(more or ("--wait",)), input=text, **options)

    def test_ends_the_claim_and_leaves_the_queue(self):
        n = self.new()
        self.done("claim", n)
        self.reply(n)
        ticket = self.show(n)
        self.assertEqual(ticket["state"], "waiting")
        self.assertIsNone(ticket["claimed_by"])
        self.assertEqual(ticket["messages"][-1]["text"], "Chega amanhã.")
        self.assertEqual(ticket["messages"][-1]["author"], "ana")
        self.assertEqual(ticket["messages"][-1]["state"], "queued")
        self.assertEqual(self.json("queue")["tickets"], [])

    def test_claims_a_free_ticket_first(self):
        n = self.new()
        self.reply(n)
        self.assertEqual(self.show(n)["assignee"], "ana")

    def test_outcomes(self):
        n = self.new()
        self.reply(n, "--stay-open")
        self.assertEqual(self.show(n)["state"], "open")
        self.done("receive", n, "-m", "E aí?")
        self.reply(n, "--resolve", "atraso")
        self.assertEqual(self.show(n)["state"], "resolved")
        self.assertEqual(self.show(n)["reason"], "atraso")

    def test_outcome_must_be_given_once(self):
        n = self.new()
        self.refused(2, "reply", n, "-m", "x")
        self.refused(2, "reply", n, "-m", "x", "--wait", "--stay-open")
        self.refused(3, "reply", n, "-m", "x", "--resolve", "nada")

    def test_text_must_be_given_once(self):
        n = self.new()
        self.refused(2, "reply", n, "--wait")
        self.refused(2, "reply", n, "--wait", "-m", "x", "-F", "-")
        self.refused(1, "reply", n, "--wait", "-F", "-", input="  \n")
        self.refused(3, "reply", n, "--wait", "-F", "there-is-no-such-file")

    def test_same_change_id_is_one_reply(self):
        n, change = self.new(), str(uuid.uuid4())
        first = self.json("reply", n, "-m", "Oi", "--wait", "--change-id", change)
        second = self.json("reply", n, "-m", "Oi", "--wait", "--change-id", change)
        self.assertEqual(first["revision"], second["revision"])
        self.assertTrue(second["repeat"])
        self.assertEqual(len(self.show(n)["messages"]), 2)
        self.refused(4, "reply", n, "-m", "Oi", "--wait", "--change-id", change, as_="bruno")

    def test_held_by_another(self):
        n = self.new()
        self.done("claim", n)
        self.refused(4, "reply", n, "-m", "Já respondo", "--wait", as_="bruno", says="ana")
        drafts = self.json("drafts", as_="bruno")["drafts"]
        self.assertEqual([(d["ticket"], d["text"]) for d in drafts], [(n, "Já respondo")])

    def test_stale_reply_is_kept_and_can_be_adopted(self):
        n = self.new()
        stale = self.json("claim", n)["generation"]
        self.done("take-over", n, as_="davi")
        self.refused(4, "reply", n, "-m", "Meu texto", "--wait", "--generation", stale,
                     says="davi")
        self.assertEqual(self.json("drafts")["drafts"][0]["text"], "Meu texto")
        self.done("drafts", "adopt", n, "--from", "ana", as_="davi")
        own = [d for d in self.json("drafts", as_="davi")["drafts"] if d["operator"] == "davi"]
        self.assertEqual(own[0]["text"], "Meu texto")
        self.assertEqual(len(self.show(n)["messages"]), 1)

    def test_unseen_message(self):
        n = self.new()
        seen = self.show(n)["messages"][-1]["id"]
        self.done("receive", n, "-m", "Mudei de ideia", as_="bruno")
        result = self.refused(4, "reply", n, "-m", "Oi", "--wait", "--seen", seen)
        newest = self.show(n)["messages"][-1]["id"]
        self.assertIn(str(newest), result.err)
        self.done("reply", n, "-m", "Oi", "--wait", "--seen", newest)

    def test_ours_last_needs_seen(self):
        n = self.new()
        self.reply(n, "--stay-open")
        self.refused(4, "reply", n, "-m", "De novo", "--wait")
        newest = self.show(n)["messages"][-1]["id"]
        self.done("reply", n, "-m", "De novo", "--wait", "--seen", newest)

    def test_older_draft_is_not_lost(self):
        n = self.new()
        self.done("drafts", "save", n, "-m", "Rascunho antigo", as_="bruno")
        self.done("claim", n)
        self.refused(4, "reply", n, "-m", "Texto novo", "--wait", as_="bruno", says="drafts")
        text = self.json("drafts", as_="bruno")["drafts"][0]["text"]
        self.assertIn("Rascunho antigo", text)
        self.assertIn("Texto novo", text)

    def test_undo(self):
        n = self.new()
        revision = self.json("reply", n, "-m", "Ops", "--wait")["revision"]
        self.refused(5, "undo", revision, as_="bruno")
        self.done("undo", revision)
        ticket = self.show(n)
        self.assertEqual((ticket["state"], ticket["claimed_by"]), ("open", "ana"))
        self.assertEqual(ticket["messages"][-1]["state"], "undone")
        self.assertEqual(self.json("drafts")["drafts"][0]["text"], "Ops")
        self.refused(1, "undo", revision)
        self.refused(3, "undo", 99999)


class Next(DeskCase):
    def test_next(self):
        self.assertIsNone(self.json("next")["ticket"])
        n = self.new()
        self.assertEqual(self.json("next")["ticket"]["number"], n)
        self.assertEqual(self.json("next", "--claim")["ticket"]["claimed_by"], "ana")
        self.assertIsNone(self.json("next", as_="bruno")["ticket"])


if __name__ == "__main__":
    tap.main()
