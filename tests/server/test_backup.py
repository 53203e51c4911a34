"""Backups on schedule, and back from them."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import tap
from served import PROGRAM, Served

STEPS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "sql")


class Case(unittest.TestCase):
    def setUp(self):
        self.served = Served()
        self.folder = self.served.file("backups")
        os.mkdir(self.folder)

    def tearDown(self):
        self.served.close()

    def start(self, folder=None, more=""):
        config = self.served.file(
            "atended.conf", f"[backup]\nfolder = {folder or self.folder}\n{more}")
        self.served.start("--config", config)

    def backups(self):
        return sorted(name for name in os.listdir(self.folder) if name.endswith(".db"))

    def metric(self, name):
        for line in self.served.get("/metrics").body.decode().splitlines():
            if line.startswith(name + " "):
                return float(line.split()[-1])
        return None


class Backup(Case):
    def test_a_server_made_of_a_backup_is_equal(self):
        served = self.served
        self.start()
        served.wait_until(self.backups)
        served.wait_until(lambda: self.metric('atende_backups_total{result="ok"}') == 1)
        self.assertGreater(self.metric("atende_backup_timestamp_seconds"), time.time() - 600)
        records = served.get("/v1/records").body
        self.assertGreater(len(records), 100000)
        tickets = served.get("/v1/tickets?limit=50").json["tickets"]
        self.assertEqual(served.stop(), 0)

        restored = Served(sample=False)
        self.addCleanup(restored.close)
        shutil.copy(os.path.join(self.folder, self.backups()[0]), restored.desk)
        doctor = subprocess.run([PROGRAM, "--desk", restored.desk, "--as", "ana", "doctor"],
                                capture_output=True, check=False, text=True,
                                env=restored.environment(), timeout=60)
        self.assertEqual(doctor.returncode, 0, doctor.stdout + doctor.stderr)
        restored.start()
        self.assertEqual(restored.get("/v1/records").body, records)
        self.assertEqual(restored.get("/v1/tickets?limit=50").json["tickets"], tickets)
        note = [{"kind": "note", "ticket": tickets[0]["number"], "text": "Segue"}]
        answer = restored.ask("POST", "/v1/changes", note)
        self.assertGreater(answer.json["results"][0]["revision"], 0)

    def test_the_newest_are_kept(self):
        for day in ("01", "02", "03"):
            shutil.copy(self.served.desk, f"{self.folder}/atende-202001{day}T000000Z.db")
        self.served.file("backups/other.db", "not ours\n")
        self.served.file("backups/atende-20200101T000000Z.db.part", "of a server that was killed\n")
        self.served.file("backups/atende-20200101T000000Z.db-lock", "")
        self.start(more="keep = 2\n")
        self.served.wait_until(lambda: len(self.backups()) == 3)
        names = self.backups()
        self.assertEqual(names[0], "atende-20200103T000000Z.db")
        self.assertRegex(names[1], r"^atende-20[3-9]\d|^atende-202[1-9]")
        self.assertEqual(names[2], "other.db")
        self.assertFalse([name for name in os.listdir(self.folder)
                          if name.endswith((".part", "-lock"))])

    def test_none_is_made_before_it_is_due(self):
        now = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        shutil.copy(self.served.desk, f"{self.folder}/atende-{now}.db")
        self.start()
        self.assertEqual(self.served.stop(), 0)
        self.assertEqual(len(self.backups()), 1)

    def test_killed_at_any_time_there_is_no_half_one(self):
        for _ in range(5):
            self.start()
            self.served.process.send_signal(signal.SIGKILL)
            self.served.process.wait()
            for name in self.backups():
                with sqlite3.connect(f"{self.folder}/{name}") as desk:
                    self.assertEqual(desk.execute("PRAGMA quick_check").fetchone(), ("ok",))
                os.unlink(f"{self.folder}/{name}")

    def test_one_that_fails_is_told(self):
        served = self.served
        self.start(folder=served.file("nowhere"))
        served.wait_until(lambda: "backup failed: " in served.read("err"))
        self.assertIn("cannot be made", served.read("err"))
        served.wait_until(lambda: self.metric('atende_backups_total{result="failed"}') == 1)
        self.assertEqual(served.get("/readyz").status, 200)

    def test_a_reload_sets_the_folder(self):
        served = self.served
        config = served.file("atended.conf", "")
        served.start("--config", config)
        served.file("atended.conf", f"[backup]\nfolder = {self.folder}\n")
        served.signal(signal.SIGHUP)
        served.wait_until(self.backups)


class Upgrade(Case):
    def make_older(self):
        with sqlite3.connect(self.served.desk) as desk:
            application = desk.execute("PRAGMA application_id").fetchone()[0]
        for suffix in ("", "-wal", "-shm"):
            if os.path.exists(self.served.desk + suffix):
                os.unlink(self.served.desk + suffix)
        with open(f"{STEPS}/0001.sql", encoding="utf-8") as step:
            text = step.read()
        desk = sqlite3.connect(self.served.desk)
        desk.executescript(text)
        desk.execute(f"PRAGMA application_id={application}")
        desk.execute("PRAGMA user_version=1")
        desk.commit()
        desk.close()

    def version(self, path):
        with sqlite3.connect(path) as desk:
            return desk.execute("PRAGMA user_version").fetchone()[0]

    def copies(self):
        return [name for name in os.listdir(self.served.path)
                if ".schema-1-" in name and name.endswith("Z")]

    def test_an_older_desk_is_copied_first(self):
        self.make_older()
        done = self.served.atended("--check", "--desk", self.served.desk, "--listen", "unix:s")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("of an older atende", done.stdout)
        self.assertEqual((self.version(self.served.desk), self.copies()), (1, []))
        self.served.start()
        self.assertEqual(self.served.get("/readyz").status, 200)
        self.assertIn("upgrade the desk is of an older atende", self.served.read("err"))
        self.assertGreater(self.version(self.served.desk), 1)
        self.assertEqual([self.version(self.served.file(name)) for name in self.copies()], [1])
        self.served.stop()
        self.served.start()
        self.assertEqual(len(self.copies()), 1)


if __name__ == "__main__":
    tap.main()
