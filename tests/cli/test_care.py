"""New desks, backup, doctor, and bad input of every kind."""

import os
import resource
import shutil
import sqlite3
import subprocess
import unittest

import tap
from desk import DeskCase, Place, PROGRAM, SERVER


class Init(unittest.TestCase):
    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.close)

    def test_maker_is_admin(self):
        self.assertEqual(self.place.run("init", self.place.desk, "--name", "Loja").status, 0)
        operators = self.place.run("operator", "--json").json["operators"]
        self.assertEqual([(o["login"], o["role"]) for o in operators], [("ana", "admin")])
        self.assertEqual(self.place.run("setting", "--json").json["settings"]["desk_name"], "Loja")

    def test_by_login_name(self):
        result = self.place.run("init", self.place.desk, "--json", as_=None)
        self.assertEqual(result.status, 0, result)
        login = result.json["operator"]
        self.assertEqual(self.place.run("queue", as_=login).status, 0)
        self.assertEqual(self.place.run("queue", as_=None).status, 0)

    def test_never_over_a_file(self):
        path = self.place.file("desk.db", "precious")
        result = self.place.run("init", path)
        self.assertEqual(result.status, 4, result)
        self.assertEqual(self.place.read("desk.db"), b"precious")
        self.place.file("other.db", "")
        self.assertEqual(self.place.run("sample", self.place.file("other.db")).status, 4)

    def test_where_nothing_can_be_made(self):
        result = self.place.run("init", "/nonexistent/desk.db")
        self.assertNotEqual(result.status, 0)
        self.assertIn("/nonexistent/desk.db", result.err)

    def test_configuration(self):
        self.place.run("init", self.place.desk)
        folder = os.path.join(self.place.path, ".config", "atende")
        os.makedirs(folder)
        self.place.file(".config/atende/atende.conf", f"desk = {self.place.desk}\nas = ana\n")
        result = self.place.run("queue", as_=None, desk=False)
        self.assertEqual(result.status, 0, result)
        self.assertEqual(self.place.run("queue", desk=False, as_="zeca").status, 3)
        self.place.file(".config/atende/atende.conf", "dsek = x\n")
        result = self.place.run("queue", as_=None, desk=False)
        self.assertNotEqual(result.status, 0)
        self.assertIn("dsek", result.err)


class Care(DeskCase):
    def test_backup(self):
        n = self.new()
        copy = self.place.file("copy.db")
        self.done("backup", copy, as_=None)
        self.assertEqual(self.json("--desk", copy, "show", n)["number"], n)
        self.refused(4, "backup", copy)
        self.refused(6, "backup", "/nonexistent/copy.db")

    def test_doctor(self):
        self.new()
        result = self.json("doctor", as_=None)
        self.assertTrue(result["healthy"], result)
        self.assertEqual(self.done("doctor").out.splitlines()[-1], "the desk is in order")

    def test_doctor_finds_what_is_wrong(self):
        n = self.new()
        with sqlite3.connect(self.place.desk) as desk:
            desk.execute("UPDATE counter SET n = n + 1")
            desk.execute("UPDATE ticket SET message_count = 7 WHERE number = ?", (n,))
        result = self.place.run("doctor", "--json")
        self.assertEqual(result.status, 1, result)
        self.assertFalse(result.json["healthy"])
        self.assertTrue(any(f["error"] for f in result.json["findings"]))


@unittest.skipIf(SERVER, "the file is the server's")
class BadDesk(DeskCase):
    def sentence(self, status, *arguments, **more):
        result = self.refused(status, *arguments, **more)
        self.assertEqual(len(result.err.splitlines()), 1, result)
        self.assertTrue(result.err.startswith("atende: "), result)
        self.assertGreater(len(result.err), 30, result)
        return result

    def test_missing(self):
        self.assertIn("nada.db", self.sentence(6, "--desk", "nada.db", "queue").err)
        self.assertFalse(os.path.exists(self.place.file("nada.db")))

    def test_no_database(self):
        path = self.place.file("text.db", "just words\n" * 400)
        self.sentence(1, "--desk", path, "queue")

    def test_desk_of_another_program(self):
        path = self.place.file("other.db")
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE ticket(number INTEGER)")
        self.sentence(1, "--desk", path, "queue")

    def test_newer_schema(self):
        with sqlite3.connect(self.place.desk) as desk:
            desk.execute("PRAGMA user_version = 9999")
        self.assertIn("9999", self.sentence(1, "queue").err)

    def test_damaged(self):
        for i in range(40):
            self.new(customer=f"c{i}@exemplo.example")
        with sqlite3.connect(self.place.desk) as desk:
            desk.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = os.path.getsize(self.place.desk)
        with open(self.place.desk, "r+b") as file:
            for at in range(8192, size, 4096):
                file.seek(at)
                file.write(b"\xa5" * 2048)
        self.sentence(1, "queue")
        self.assertEqual(self.place.run("doctor").status, 1)

    def test_truncated(self):
        with sqlite3.connect(self.place.desk) as desk:
            desk.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        os.truncate(self.place.desk, 5000)
        self.sentence(1, "queue")

    @unittest.skipIf(os.geteuid() == 0, "root may write anything")
    def test_read_only_file(self):
        n = self.new()
        os.chmod(self.place.desk, 0o444)
        self.assertEqual(self.place.run("show", n).status, 0)
        self.sentence(5, "claim", n)

    def test_full_disk(self):
        n = self.new()
        size = os.path.getsize(self.place.desk)

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        environment = {"PATH": os.environ["PATH"], "HOME": self.place.path,
                       "ATENDE_DESK": self.place.desk, "ATENDE_AS": "ana",
                       "LC_ALL": "C.UTF-8"}
        done = subprocess.run([PROGRAM, "note", str(n), "-F", "-"], input=b"x" * 900000,
                              env=environment, capture_output=True, preexec_fn=limit)
        self.assertIn(done.returncode, (1, 6), done)
        self.assertTrue(done.stderr.startswith(b"atende: "), done.stderr)
        self.assertEqual(self.show(n)["notes"], [])
        self.assertTrue(self.json("doctor")["healthy"])

    @unittest.skipUnless(os.path.exists("/dev/full"), "no /dev/full")
    def test_output_that_cannot_be_written(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([PROGRAM, "operator"], stdout=full, stderr=subprocess.PIPE,
                                  env={"ATENDE_DESK": self.place.desk, "ATENDE_AS": "ana",
                                       "HOME": self.place.path})
        self.assertEqual(done.returncode, 1)
        self.assertTrue(done.stderr.startswith(b"atende: "), done.stderr)

    def test_unclean_arguments_are_cleaned_with_a_warning(self):
        result = self.done("new", "--channel", "email", "--customer", "a@b.example", "--subject",
                           b"Ol\xe1 \x1b[31mvermelho", "-F", "-", input=b"bytes \xff\xfe\x07")
        self.assertIn("taken out", result.err)
        ticket = self.show(int(result.out))
        self.assertNotIn("\x1b", ticket["subject"])
        self.assertIn("vermelho", ticket["subject"])
        self.assertTrue(ticket["messages"][0]["text"].startswith("bytes "))

    def test_file_names_are_taken_as_they_are(self):
        name = os.path.join(os.fsencode(self.place.path), b"nome \xff.txt")
        with open(name, "w", encoding="utf-8") as file:
            file.write("do arquivo")
        n = self.new()
        self.done("note", n, b"-F", name)
        self.assertEqual(self.show(n)["notes"][0]["text"], "do arquivo")

    def test_doctor_of_a_desk_that_cannot_be_opened(self):
        self.done("backup", "ruim.db", as_="root")
        with open(self.place.file("ruim.db"), "r+b") as file:
            file.seek(4096)
            file.write(b"x" * 40960)
        result = self.refused(1, "doctor", "--desk", "ruim.db", says="backup")
        self.assertNotIn("doctor", result.err)
        self.assertIn("doctor", self.refused(1, "queue", "--desk", "ruim.db").err)

    def test_too_long(self):
        n = self.new()
        self.refused(1, "note", n, "-F", "-", input="x" * (2 * 1024 * 1024))
        self.refused(1, "subject", n, "x" * 5000)


if __name__ == "__main__":
    tap.main()
