"""The sample desk holds what it promises."""

import re
import unittest
from datetime import datetime

import tap
from desk import FORBIDDEN, Place


def all_tickets(place, *options):
    found, after = [], []
    while True:
        page = place.run("queue", *options, "--limit", 100, *after, "--json", as_="elisa").json
        found += page["tickets"]
        if not page["has_more"]:
            return found
        after = ["--after", found[-1]["number"]]


class Sample(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = Place()
        cls.result = cls.place.run("sample", cls.place.desk, as_=None)

    @classmethod
    def tearDownClass(cls):
        cls.place.close()

    def json(self, *arguments, as_="ana"):
        result = self.place.run(*arguments, "--json", as_=as_)
        self.assertEqual(result.status, 0, result)
        return result.json

    def test_made(self):
        self.assertEqual(self.result.status, 0, self.result)
        self.assertIn("--as ana", self.result.out)

    def test_operators(self):
        operators = {o["login"]: o for o in self.json("operator")["operators"]}
        self.assertEqual({n: operators[n]["role"] for n in ("ana", "bruno", "carla", "davi")},
                         {"ana": "operator", "bruno": "operator", "carla": "operator",
                          "davi": "supervisor"})
        teams = sorted(t["key"] for t in self.json("team")["teams"])
        self.assertEqual(teams, ["acesso", "cobranca", "entrega", "troca"])
        for operator in operators.values():
            self.assertEqual(sorted(operator["teams"]), teams)

    def test_open_tickets(self):
        tickets = all_tickets(self.place)
        self.assertGreaterEqual(len(tickets), 80)
        self.assertEqual(len({t["customer"]["id"] for t in tickets}), len(tickets))
        free = all_tickets(self.place, "--free")
        self.assertGreaterEqual(len(free), 60)
        for ticket in free:
            self.assertFalse(ticket["newest_is_ours"], ticket)
            self.assertIsNone(ticket["claimed_by"])
        overdue = all_tickets(self.place, "--list", "overdue")
        self.assertGreater(len(overdue), 3)
        self.assertLess(len(overdue), len(tickets))

    def test_programs_get_all(self):
        tickets = self.json("queue")["tickets"]
        self.assertEqual([t["number"] for t in tickets],
                         [t["number"] for t in all_tickets(self.place)])
        log = self.json("log", as_="elisa")
        revisions = [c["revision"] for c in log["changes"]]
        self.assertEqual(revisions, list(range(1, log["revision"] + 1)))
        self.assertEqual(len(self.place.run("log", as_="elisa").out.splitlines()), len(revisions))
        self.assertEqual(len(self.place.run("queue").out.splitlines()), len(tickets) + 1)
        some = self.json("log", "--limit", 3, "--since", 700, as_="elisa")["changes"]
        self.assertEqual([c["revision"] for c in some], [701, 702, 703])

    def test_closed_and_numbers(self):
        changes, since = [], 0
        while True:
            page = self.json("log", "--since", since, "--limit", 1000, as_="elisa")
            if not page["changes"]:
                break
            changes += page["changes"]
            since = page["changes"][-1]["revision"]
        numbers = [c["ticket"] for c in changes if c["kind"] == "new"]
        self.assertEqual(numbers, list(range(1001, 1001 + len(numbers))))
        states = [self.json("show", n, as_="elisa")["state"] for n in numbers[::10]]
        closed = sum(s in ("resolved", "discarded") for s in states)
        self.assertGreaterEqual(closed * 10, 270)
        resolved = {c["ticket"] for c in changes if c["kind"] in ("reply", "call")
                    and c["detail"].get("outcome") == "resolve"}
        self.assertGreaterEqual(len(resolved), 300)
        times = [datetime.fromisoformat(c["at"].replace("Z", "+00:00")) for c in changes
                 if c["imported"] and c["ticket"]]
        self.assertEqual(times, sorted(times))

    def test_made_up(self):
        text = self.place.run("export", "-", as_="elisa").out
        for domain in re.findall(r"[\w.]+@([\w.]+\w)", text):
            self.assertRegex(domain, r"\.example$|^example\.(com|org)$|^atende$")
        for phone in re.findall(r"phone:\+55\d\d(\d+)", text):
            self.assertRegex(phone, r"^9\d{4}00\d\d$")
        self.assertIsNone(FORBIDDEN.search(text))
        self.assertNotRegex(text, r"\{(first|order|product|value|code|city|date|operator)\}")

    def test_is_in_order(self):
        self.assertTrue(self.json("doctor")["healthy"])

    def test_has_a_bit_of_everything(self):
        self.assertGreater(len(self.json("answers")["answers"]), 5)
        self.assertGreater(len(self.json("reasons")["reasons"]), 10)
        self.assertGreater(len(self.json("calendar")["calendars"]), 1)
        self.assertGreater(len(self.json("target")["targets"]), 4)
        for name in ("waiting", "snoozed", "discarded", "mine"):
            self.assertTrue(self.json("queue", "--list", name)["tickets"], name)
        self.assertTrue(self.json("search", "transportadora")["tickets"])
        self.assertTrue(self.json("search", "parcel")["tickets"])

    def test_customers_send_pictures(self):
        number = self.json("search", "foto")["tickets"][0]["number"]
        files = [f for t in self.json("search", "foto", "--limit", "50")["tickets"]
                 for m in self.json("show", t["number"], as_="elisa")["messages"]
                 for f in m["attachments"]]
        self.assertTrue(files, number)
        self.assertEqual(files[0]["media_type"], "image/png")
        text = self.place.run("export", "-", as_="elisa").out
        self.assertNotIn("] Já olhei", text)

    def test_twice_is_the_same(self):
        other = Place()
        self.addCleanup(other.close)
        other.run("sample", other.desk)
        subjects = [[(t["number"], t["subject"], t["customer"]["name"])
                     for t in all_tickets(place, "--order", "newest")]
                    for place in (self.place, other)]
        self.assertEqual(subjects[0], subjects[1])


if __name__ == "__main__":
    tap.main()
