"""The keys of JSON are promised: they may grow, none may go."""

import json

import tap
from desk import DeskCase

TICKET = """number state subject customer channel team priority assignee claimed_by claim_since
claim_expires_at claim_generation claim_grace covered_by waiting_since due_at answer_due_at
resolve_due_at opened_at opened_by first_answer_at snoozed_until resolved_at resolved_by_time reason
merged_into linked_to escalated_at tags ref message_count note_count newest_message newest_is_ours
has_draft revision""".split()
CUSTOMER = """id name address addresses preferred_channel do_not_call shared created_at merged_into
ref notes history has_more_history""".split()
DRAFT = "ticket operator kind text generation seen updated_at discarded_at address "\
        "attachments".split()


class Keys(DeskCase):
    def has(self, keys, value):
        self.assertEqual(sorted(set(keys) - set(value)), [])

    def test_tickets(self):
        n = self.new()
        self.place.file("a.txt", "a")
        self.done("note", n, "-m", "Nota", "--attach", "a.txt")
        self.done("ask", n, "--team", "cobranca", "-m", "?")
        self.done("drafts", "save", n, "-m", "x")
        page = self.json("queue")
        self.has(["tickets", "has_more", "revision"], page)
        self.has(TICKET, page["tickets"][0])
        self.has(["id", "name", "address", "shared"], page["tickets"][0]["customer"])
        self.has(TICKET, self.json("next")["ticket"])
        found = self.json("search", "onde")
        self.has(["tickets", "has_more", "before", "candidates", "looked_back_to"], found)
        self.has(TICKET + ["snippet"], found["tickets"][0])
        ticket = self.json("show", n)
        self.has(TICKET + ["messages", "notes", "questions", "drafts", "has_more_messages"],
                 ticket)
        self.has("id direction author at text state channel send_at contact from to address "
                 "attachments".split(), ticket["messages"][0])
        self.has(["id", "author", "at", "text", "attachments"], ticket["notes"][0])
        file = ticket["notes"][0]["attachments"][0]
        self.has("id name media_type size_bytes blob".split(), file)
        saved = self.json("attachment", n, file["id"])
        self.has(["ok", "ticket", "attachment", "file"], saved)
        self.has("id name media_type size_bytes blob".split(), saved["attachment"])
        self.has("order columns theme tour".split(), self.json("preference")["preferences"])
        self.has("id asked_by team at due_at text answered_at answered_by answer".split(),
                 ticket["questions"][0])
        self.has(DRAFT, ticket["drafts"][0])
        self.has(CUSTOMER, ticket["customer"])
        self.has(["number", "state", "opened_at", "subject"], ticket["customer"]["history"][0])

    def test_people(self):
        n = self.new()
        self.done("customer", "note", 1, "-m", "x")
        customer = self.json("customer", 1)
        self.has(CUSTOMER, customer)
        self.has(["kind", "value", "key"], customer["addresses"][0])
        self.has(["id", "author", "at", "text", "pinned"], customer["notes"][0])
        self.done("drafts", "save", n, "-m", "x")
        self.has(DRAFT, self.json("drafts")["drafts"][0])
        self.has("id login name role enabled teams paused_at pause_reason signed_in_at".split(),
                 self.json("operator")["operators"][0])

    def test_directory(self):
        self.done("answers", "set", "ola", "-m", "Olá", as_="root")
        self.done("calendar", "set", "loja", "--hours", "always", as_="root")
        self.done("target", "set", "--first-answer", "1h", as_="root")
        for command, key, keys in (
                ("team", "teams", "id key name calendar question_ms"),
                ("reasons", "reasons", "id key name parent enabled"),
                ("answers", "answers", "id key name text team enabled"),
                ("calendar", "calendars", "id key zone hours holidays"),
                ("target", "targets", "team channel priority first_answer_ms next_answer_ms "
                 "resolution_ms")):
            self.has(keys.split(), self.json(command)[key][0])
        self.has("desk_name language claim claim_idle claim_grace max_claims reopen auto_resolve "
                 "undo bin idle_after delivery".split(), self.json("setting")["settings"])
        self.has(["key", "name", "text"], self.json("answers", "ola"))

    def test_changes(self):
        n = self.new()
        self.has("ok repeat revision ticket customer generation".split(), self.json("claim", n))
        log = self.json("log")
        self.has(["changes", "revision"], log)
        self.has("revision at kind actor ticket customer other id imported detail".split(),
                 log["changes"][0])
        self.has(["ok", "ticket"], self.json("drafts", "save", n, "-m", "x"))

    def test_care(self):
        self.has(["healthy", "findings"], self.json("doctor"))
        self.has(["ok", "backup"], self.json("backup", self.place.file("copy.db")))
        self.has(["records"], self.json("export", self.place.file("all.jsonl"), as_="root"))
        path = self.place.file("in.jsonl", '{"customer":"a@b.example","subject":"S","text":"x",'
                               '"at":"2025-01-01T00:00:00Z"}\n')
        self.has("records bad customers tickets texts known cleaned rejected dry_run".split(),
                 self.json("import", path, as_="root"))
        self.has(["ok", "desk", "operator"],
                 self.json("sample", self.place.file("s.db")))

    def test_errors(self):
        result = self.refused(3, "show", 9999, "--json")
        error = json.loads(result.err)["error"]
        self.has(["code", "reason", "message"], error)
        self.assertEqual((error["code"], error["reason"]), ("not_found", "no_ticket"))


if __name__ == "__main__":
    tap.main()
