"""Passwords and tokens: how they are asked for, what is printed, what is kept."""

import os
import pty
import re
import select
import sqlite3
import subprocess
import time

import tap
from desk import PROGRAM, DeskCase

PASSWORD = "correto cavalo bateria"


class Terminal:
    """The program on a terminal of its own: what it prints, what is typed."""

    def __init__(self, place, *arguments, as_="ana"):
        self.master, slave = pty.openpty()
        environment = {"PATH": os.environ["PATH"], "HOME": place.path, "LC_ALL": "C.UTF-8",
                       "LANGUAGE": "en", "ATENDE_DESK": place.desk, "ATENDE_AS": as_}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
            if name in os.environ:
                environment[name] = os.environ[name]
        self.process = subprocess.Popen([PROGRAM, *arguments], stdin=slave, stdout=slave,
                                        stderr=slave, env=environment, start_new_session=True,
                                        preexec_fn=take_terminal)
        os.close(slave)
        self.seen = ""

    def read(self, until):
        """All up to this text; None: to the end."""
        end = time.monotonic() + 60
        while until is None or until not in self.seen:
            if not select.select([self.master], [], [], max(0, end - time.monotonic()))[0]:
                raise AssertionError(f"{until!r} does not come: {self.seen!r}")
            try:
                data = os.read(self.master, 4096)
            except OSError:
                data = b""
            if not data:
                break
            self.seen += data.decode()
        seen, self.seen = self.seen, ""
        return seen

    def type(self, text):
        os.write(self.master, text.encode())

    def end(self):
        seen = self.read(None)
        status = self.process.wait(60)
        os.close(self.master)
        return status, seen


def take_terminal():
    import fcntl
    import termios
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Tokens(DeskCase):
    def rows(self, query):
        desk = sqlite3.connect(self.place.desk)
        rows = desk.execute(query).fetchall()
        desk.close()
        return rows

    def add(self, *arguments, as_="ana"):
        return self.json("token", "add", *arguments, as_=as_)

    def test_a_token_is_printed_once(self):
        result = self.done("token", "add", "painel", "--rights", "read,write", "--expires", "90d")
        self.assertRegex(result.out, r"^atd_[\w-]{43}\n$")
        self.assertIn("not shown again", result.err)
        token = result.out.strip()
        listed = self.json("token", "list")["tokens"]
        self.assertEqual([(t["name"], t["operator"], t["kind"], t["rights"]) for t in listed],
                         [("painel", "ana", "token", ["read", "write"])])
        self.assertNotIn(token, self.done("token", "list").out)
        self.assertNotIn(token, self.done("log", "--json", as_="root").out)
        for (hashed,) in self.rows("SELECT hash FROM token"):
            self.assertRegex(hashed, r"^[0-9a-f]{64}$")
            self.assertNotIn(hashed, self.done("log", "--json", as_="root").out)
            self.assertNotIn(hashed, self.done("export", as_="root").out)
        self.assertNotIn(token[4:].encode(), self.place.read("desk.db"))

    def test_rights_are_those_of_the_role(self):
        self.assertEqual(self.add("um")["expires_at"], None)
        self.assertEqual(self.json("token", "list")["tokens"][0]["rights"], ["read"])
        self.refused(5, "token", "add", "x", "--rights", "admin", says="admin")
        self.refused(1, "token", "add", "x", "--rights", "fly", says="read,feed,write")
        self.refused(2, "token", "add", "x", "--expires", "soon")
        self.refused(5, "token", "add", "x", "--for", "bruno", says="bruno")
        self.add("cópia", "--rights", "admin", as_="root")
        self.add("x", "--for", "bruno", as_="root")
        self.assertEqual(self.json("token", "list", as_="bruno")["tokens"][0]["name"], "x")

    def test_everybody_sees_his_own_and_an_admin_all(self):
        self.add("um")
        self.add("dois", as_="bruno")
        self.assertEqual(len(self.json("token", "list")["tokens"]), 1)
        self.assertEqual(len(self.json("token", "list", as_="root")["tokens"]), 2)

    def test_revoking_by_number_and_name(self):
        one, two = self.add("painel")["id"], self.add("backup")["id"]
        self.done("token", "revoke", one)
        self.refused(1, "token", "revoke", one)
        self.done("token", "revoke", "backup")
        self.refused(3, "token", "revoke", "backup", says="backup")
        self.assertEqual(self.json("token", "list")["tokens"], [])
        self.add("igual"), self.add("igual")
        self.refused(1, "token", "revoke", "igual", says="token list")
        self.refused(3, "token", "revoke", two + 1, as_="bruno")

    def test_the_same_change_gives_no_second_secret(self):
        change = "01900000-0000-7000-8000-000000000001"
        self.done("token", "add", "um", "--change-id", change)
        again = self.refused(4, "token", "add", "um", "--change-id", change)
        self.assertNotIn("atd_", again.err)
        self.assertEqual(len(self.json("token", "list")["tokens"]), 1)

    def test_a_password_from_standard_input(self):
        self.done("operator", "password", input=PASSWORD + "\n")
        self.done("operator", "password", "bruno", input=PASSWORD, as_="root")
        self.assertEqual(self.json("operator", "password", input=PASSWORD), {"ok": True})
        rows = self.rows("SELECT hash FROM credential")
        self.assertEqual(len(rows), 2)
        for (hashed,) in rows:
            self.assertTrue(hashed.startswith("$argon2id$v=19$m=65536,t=2,p=1$"))
        log = self.done("log", "--json", as_="root").out
        self.assertEqual(log.count('"kind":"password"'), 3)
        self.assertNotIn("argon2", log)
        self.assertNotIn(PASSWORD, log)
        self.assertNotIn("argon2", self.done("export", as_="root").out)
        self.assertNotIn(PASSWORD.encode(), self.place.read("desk.db"))

    def test_a_password_that_will_not_do(self):
        for text in ("", "\n", "curta\n", "com\x07sino e mais\n", "\0\0\0\0\0\0\0\0\0\n"):
            refused = self.refused(1, "operator", "password", input=text)
            if text.strip():
                self.assertNotIn(text.strip(), refused.err)
        self.refused(5, "operator", "password", "bruno", input=PASSWORD, says="bruno")
        self.refused(3, "operator", "password", "zoe", input=PASSWORD, as_="root")
        self.refused(2, "operator", "password", "ana", PASSWORD)
        self.assertEqual(self.rows("SELECT * FROM credential"), [])

    def test_a_password_is_typed_unseen(self):
        terminal = Terminal(self.place, "operator", "password")
        terminal.read("new password: ")
        terminal.type(PASSWORD + "\n")
        terminal.read("the same again: ")
        terminal.type("outro cavalo\n")
        seen = terminal.read("new password: ")
        self.assertIn("differ", seen)
        terminal.type(PASSWORD + "\n")
        seen += terminal.read("the same again: ")
        terminal.type(PASSWORD + "\n")
        status, rest = terminal.end()
        self.assertEqual(status, 0, rest)
        self.assertNotIn("cavalo", seen + rest)
        self.assertEqual(len(self.rows("SELECT hash FROM credential")), 1)

    def test_an_interrupted_question_gives_the_terminal_back(self):
        terminal = Terminal(self.place, "operator", "password")
        terminal.read("new password: ")
        self.assertFalse(echoes(terminal.master))
        terminal.type("\x03")
        terminal.read("\n")
        terminal.process.wait(60)
        self.assertNotEqual(terminal.process.returncode, 0)
        self.assertTrue(echoes(terminal.master))
        os.close(terminal.master)
        self.assertEqual(self.rows("SELECT hash FROM credential"), [])

    def test_help_says_where_a_password_comes_from(self):
        self.assertTrue(re.search(r"standard\s+input", self.done("help", "operator",
                                                                 "password").out))


def echoes(fd):
    import termios
    return bool(termios.tcgetattr(fd)[3] & termios.ECHO)


if __name__ == "__main__":
    tap.main()
