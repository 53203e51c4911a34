"""The server as a service: configuration, signals, systemd, logs."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
import unittest

import sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import tap
from served import SERVER, Served

NOTE = [{"kind": "note", "ticket": 1001, "text": "Ligou de novo"}]


class Case(unittest.TestCase):
    def setUp(self):
        self.served = Served()

    def tearDown(self):
        self.served.close()

    def config(self, text):
        return self.served.file("atended.conf", text)

    def check(self, text):
        return self.served.atended("--check", "--config", self.config(text))

    def first_ticket(self):
        return self.served.get("/v1/tickets?limit=1").json["tickets"][0]["number"]


class Configuration(Case):
    def test_all_may_be_in_the_file(self):
        served = self.served
        config = self.config(f"desk = {served.desk}\nlisten = unix:{served.socket}\n"
                             "listen = 127.0.0.1:0\nmetrics = loopback\n"
                             "[limits]\nfeeds = 10\n[uids]\n12345 = ana\n")
        served.start("--config", config, listen=False, desk=False)
        self.assertEqual(served.get("/readyz").status, 200)
        self.assertEqual(served.stop(), 0)

    def test_check_says_ok_and_alters_nothing(self):
        served = self.served
        before = os.stat(served.desk).st_mtime_ns
        done = served.atended("--check", "--desk", served.desk, "--listen", "unix:/x/y",
                              "--config", served.file("none"))
        self.assertEqual((done.returncode, done.stdout), (0, "ok\n"), done.stderr)
        self.assertEqual(os.stat(served.desk).st_mtime_ns, before)
        self.assertFalse(os.path.exists(served.socket))

    def test_check_knows_that_systemd_hands_sockets_over(self):
        served = self.served
        done = served.atended("--check", "--desk", served.desk, "--config", served.file("none"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("sockets that systemd hands over", done.stdout)

    def test_check_tries_certificate_and_key(self):
        served = self.served
        certificate, key = served.file("crt"), served.file("key")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost",
                        "-keyout", key, "-out", certificate], capture_output=True, check=True)
        os.chmod(key, 0o600)
        tls = f"[tls]\ncertificate = {certificate}\nkey = {key}\n"
        head = f"desk = {served.desk}\nlisten = 0.0.0.0:0\n"
        self.assertEqual(self.check(head + tls).stdout, "ok\n")
        os.chmod(key, 0o644)
        self.assertIn("chmod o= " + key, self.check(head + tls).stderr)
        os.chmod(key, 0o600)
        served.file("key", "no key\n")
        self.assertIn("no certificate and key for TLS that fit", self.check(head + tls).stderr)
        self.assertIn("set both, or none", self.check(head + tls.split("key")[0]).stderr)
        self.assertIn("over the network for all to read", self.check(head).stderr)

    def test_check_works_beside_a_running_server(self):
        served = self.served
        served.start()
        done = served.atended("--check", "--desk", served.desk, "--listen",
                              "unix:" + served.socket)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_mistakes_are_named_with_file_and_line(self):
        served = self.served
        for text, line, what in [
                ("desk = x\nlisten = unix:s\ncolour = red\n", 3, "unknown key colour"),
                ("desk = x\ndesk = y\n", 2, "desk is set twice"),
                ("metrics = everybody\n", 1, '"everybody" is no value for metrics'),
                ("[limits]\nfeeds = many\n", 2, '"many" is no value for feeds'),
                ("[limits]\n\nidle_timeout = soon\n", 3, '"soon" is no value for idle_timeout'),
                ("[uids]\nno-such-user = ana\n", 2, "no-such-user is no user of this machine"),
                ("proxy = localhost\n", 1, '"localhost" is no value for proxy'),
                ("[uids]\n7 = ana\n7 = eva\n", 3, "7 is set twice")]:
            with self.subTest(text):
                config = self.config(text)
                done = served.atended("--check", "--config", config)
                self.assertEqual(done.returncode, 2)
                self.assertIn(f"{config}:{line}: ", done.stderr)
                self.assertIn(what, done.stderr)

    def test_what_is_missing_is_said(self):
        served = self.served
        none = served.file("none")
        self.assertIn("where to listen",
                      served.atended("--desk", served.desk, "--config", none).stderr)
        for arguments, what in [
                ([], "which desk to serve"),
                (["--desk", served.file("gone.db"), "--listen", "unix:s"], "there is no desk"),
                (["--desk", served.desk, "--listen", "nowhere"], "no address to listen at"),
                (["--desk", served.desk, "--listen", "unix:"], "no address to listen at"),
                (["--desk", served.desk, "--listen", "unix:/" + 200 * "x"], "is too long"),
                (["--desk", served.desk, "--listen", "127.0.0.1:65536"], "no address"),
                (["--desk", served.desk, "--listen", "127.0.0.1:-1"], "no address")]:
            done = served.atended("--check", "--config", none, *arguments)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(what, done.stderr)
        config = self.config(f"desk = {served.desk}\nlisten = unix:s\n"
                             "[backup]\nfolder = /nowhere/backups\n")
        done = served.atended("--check", "--config", config)
        self.assertIn("/nowhere/backups cannot be written", done.stderr)
        config = self.config(f"desk = {served.desk}\nlisten = unix:s\nlog = /nowhere/log\n")
        for check in [["--check"], []]:
            done = served.atended("--config", config, *check)
            self.assertEqual(done.returncode, 6)
            self.assertIn("the log /nowhere/log cannot be written", done.stderr)
        config = self.config("[limits]\nfeeds = 0\n")
        self.assertIn("feeds makes no sense", served.atended("--config", config).stderr)


class Limits(Case):
    """Those that are told apart by TCP alone; the others are in tests/http/test_limits.c."""

    def start(self, limits):
        served = self.served
        config = self.config(f"listen = 127.0.0.1:0\nlisten = unix:{served.socket}\n"
                             f"[limits]\n{limits}\n")
        served.start("--config", config, listen=False)
        found = re.compile(r"listen 127.0.0.1:0 port=(\d+)")
        served.wait_until(lambda: found.search(served.read("err")))
        self.port = int(found.search(served.read("err"))[1])

    def test_requests_a_second_of_a_token(self):
        served = self.served
        token = served.atende("--as", "ana", "token", "add", "script").strip()
        self.start("requests_per_second = 2")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        statuses = []
        while 429 not in statuses:
            connection.request("GET", "/v1/counts", headers={"Authorization": "Bearer " + token})
            answer = connection.getresponse()
            body = answer.read()
            statuses.append(answer.status)
        connection.close()
        self.assertGreaterEqual(statuses.count(200), 8)
        self.assertEqual(answer.headers["Retry-After"], "1")
        self.assertIn(b"too_fast", body)
        self.assertEqual(served.get("/v1/counts").status, 200)

    def test_connections_from_one_address(self):
        """One too many is told so and let go, and those of other places have theirs still."""
        self.start("connections_per_address = 2\nconnections = 10")
        connections = []
        for _ in range(30):
            connections.append(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60))
            connections[-1].request("GET", "/healthz")
            answer = connections[-1].getresponse()
            answer.read()
            self.assertEqual(answer.status, 200 if len(connections) <= 2 else 503)
            self.assertEqual(answer.headers["Connection"], None if len(connections) <= 2
                             else "close")
        silent = [socket.create_connection(("127.0.0.1", self.port), 60) for _ in range(10)]
        self.assertEqual(self.served.get("/healthz").status, 200)
        for each in connections + silent:
            each.close()


class Reload(Case):
    def start(self, text):
        self.config(text)
        self.served.start("--config", self.served.file("atended.conf"))

    def log_says(self, what):
        return lambda: what in self.served.read("log")

    def test_what_can_be_changed_is(self):
        served = self.served
        log = f"log = {served.file('log')}\n"
        self.start(log)
        self.config(log + "[uids]\n12345 = ana\n")
        served.signal(signal.SIGHUP)
        served.wait_until(self.log_says("reload done"))
        self.assertNotIn("next start", served.read("log"))

    def test_what_cannot_is_said(self):
        served = self.served
        log = f"log = {served.file('log')}\n"
        self.start(log)
        self.config(log + "threads = 7\n")
        served.signal(signal.SIGHUP)
        served.wait_until(self.log_says("reload threads: counts from the next start on"))

    def test_a_mistake_changes_nothing(self):
        served = self.served
        log = f"log = {served.file('log')}\n"
        self.start(log)
        self.config(log + "colour = red\n")
        served.signal(signal.SIGHUP)
        served.wait_until(self.log_says("nothing was changed"))
        self.assertIn("atended.conf:2: unknown key colour", served.read("log"))
        self.assertEqual(served.get("/readyz").status, 200)

    def test_a_log_that_was_moved_away_is_begun_anew(self):
        served = self.served
        self.start(f"log = {served.file('log')}\n")
        os.rename(served.file("log"), served.file("log.1"))
        served.signal(signal.SIGHUP)
        served.wait_until(lambda: os.path.exists(served.file("log")))
        served.wait_until(self.log_says("reload done"))


class Logs(Case):
    def test_one_line_a_request_without_what_is_personal(self):
        served = self.served
        served.start()
        answer = served.ask("GET", "/v1/customers?address=joao%40exemplo.com",
                            headers={"Atende-As": "ana"})
        number = answer.headers["Atende-Request"]
        served.stop()
        lines = [line for line in served.read("err").splitlines() if f"id={number} " in line]
        self.assertEqual(len(lines), 1)
        self.assertRegex(lines[0], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ request id=\d+ method=GET "
                                   r"route=/v1/customers status=\d+ ms=\d+\.\d operator=\d+$")
        self.assertNotIn("joao", served.read("err"))
        self.assertNotIn("ana", served.read("err").replace(served.path, ""))

    def test_each_day_has_a_file_and_old_ones_go(self):
        served = self.served
        log = served.file("log", "yesterday\n")
        day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86400))
        os.utime(log, (time.time() - 86400,) * 2)
        served.file("log.2020-01-01", "old\n")
        served.file("log.2020-01-01.gz", "not ours\n")
        config = self.config(f"log = {log}\nlog_keep = 7d\n")
        served.start("--config", config)
        self.assertEqual(served.read("log." + day), "yesterday\n")
        self.assertFalse(os.path.exists(served.file("log.2020-01-01")))
        self.assertTrue(os.path.exists(served.file("log.2020-01-01.gz")))


class End(Case):
    def test_what_was_accepted_is_answered_and_kept(self):
        served = self.served
        served.start()
        number = self.first_ticket()
        acknowledged, stop = [], threading.Event()

        def work():
            while not stop.is_set():
                try:
                    answer = served.ask("POST", "/v1/changes", [dict(NOTE[0], ticket=number)])
                except (OSError, ValueError):
                    return
                if answer.status == 200:
                    acknowledged.extend(r["revision"] for r in answer.json["results"])

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        served.wait_until(lambda: len(acknowledged) > 100)
        self.assertEqual(served.stop(), 0)
        stop.set()
        for thread in threads:
            thread.join()
        self.assertFalse(os.path.exists(served.socket))
        served.start()
        there = set()
        since = min(acknowledged) - 1
        while since < max(acknowledged):
            page = served.get(f"/v1/log?since={since}").json
            there |= {change["revision"] for change in page["changes"]}
            since = page["revision"]
        self.assertLessEqual(set(acknowledged), there)
        self.assertEqual(len(acknowledged), len(set(acknowledged)))

    def test_where_it_cannot_listen_it_says_what_to_do(self):
        served = self.served
        done = served.atended("--desk", served.desk, "--listen", "unix:/nowhere/socket")
        self.assertEqual(done.returncode, 6)
        self.assertIn("make the folder of a socket", done.stderr)

    def test_it_is_quick_with_feeds_open(self):
        served = self.served
        served.start()
        feeds = []
        for _ in range(50):
            feed = socket.socket(socket.AF_UNIX)
            feed.connect(served.socket)
            feed.sendall(b"GET /v1/feed HTTP/1.1\r\nHost: x\r\n\r\n")
            feed.recv(1)
            feeds.append(feed)
        self.assertEqual(served.stop(), 0)
        for feed in feeds:
            while feed.recv(65536):
                pass
            feed.close()

    def test_a_stale_socket_is_replaced_and_a_live_one_is_not(self):
        served = self.served
        served.start()
        done = served.atended("--desk", served.desk, "--listen", "unix:" + served.socket)
        self.assertEqual(done.returncode, 6)
        self.assertIn("another atended listens", done.stderr)
        served.process.kill()
        served.process.wait()
        self.assertTrue(os.path.exists(served.socket))
        served.start()


class Full(Case):
    def setUp(self):
        super().setUp()
        self.disk = self.served.file("disk")
        os.mkdir(self.disk)
        self.mount("size=4m")

    def mount(self, options):
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", self.disk],
                              capture_output=True, check=False)
        if done.returncode != 0:
            self.skipTest("no disk can be mounted here")

    def test_a_full_disk_is_told_and_got_over(self):
        served = self.served
        shutil.move(served.desk, self.disk)
        served.desk = os.path.join(self.disk, "desk.db")
        try:
            served.start()
            note = [{**NOTE[0], "actor": "ana", "text": "x" * 100000}]
            kept = 0
            while (answer := served.ask("POST", "/v1/changes", note)).status == 200:
                kept += 1
            self.assertEqual((answer.status, answer.json["reason"]), (503, "full"))
            self.assertIsNotNone(answer.headers["Retry-After"])
            self.assertEqual(served.get("/v1/tickets/1001").status, 200)
            self.mount("remount,size=16m")
            self.assertEqual(served.ask("POST", "/v1/changes", note).status, 200)
            notes = served.get("/v1/tickets/1001").json["notes"]
            self.assertEqual(sum(len(n["text"]) == 100000 for n in notes), kept + 1)
        finally:
            served.stop()
            subprocess.run(["umount", self.disk], check=True)


class Systemd(Case):
    def setUp(self):
        super().setUp()
        self.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notify.settimeout(60)
        self.notify.bind(self.served.file("notify"))

    def tearDown(self):
        self.notify.close()
        super().tearDown()

    def told(self):
        return self.notify.recv(4096).decode()

    def env(self, **extra):
        return {"NOTIFY_SOCKET": self.served.file("notify"), **extra}

    def test_it_says_when_it_is_ready_reloads_and_stops(self):
        served = self.served
        served.start(env=self.env())
        self.assertEqual(self.told(), "READY=1")
        served.signal(signal.SIGHUP)
        self.assertEqual(self.told(), "RELOADING=1")
        self.assertEqual(self.told(), "READY=1")
        served.stop()
        self.assertEqual(self.told(), "STOPPING=1")

    def test_the_watchdog_hears_of_it(self):
        self.served.start(env=self.env(WATCHDOG_USEC="200000"))
        self.assertEqual(self.told(), "READY=1")
        for _ in range(3):
            self.assertEqual(self.told(), "WATCHDOG=1")

    def test_it_takes_the_socket_that_is_there(self):
        served = self.served
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(served.socket)
        listener.listen(16)
        # systemd sets LISTEN_PID after the fork; so does the shell here.
        script = (f'LISTEN_PID=$$ LISTEN_FDS=1 exec "{SERVER}" --desk "{served.desk}" '
                  f'3<&{listener.fileno()}')
        with open(served.file("err"), "ab") as err:
            served.process = subprocess.Popen(
                ["/bin/sh", "-c", script], env=served.environment(self.env()), stderr=err,
                pass_fds=[listener.fileno()])
        self.assertEqual(self.told(), "READY=1")
        listener.close()
        self.assertEqual(served.get("/healthz").status, 200)
        self.assertEqual(served.stop(), 0)
        self.assertTrue(os.path.exists(served.socket))  # it is systemd's

    def test_the_unit_is_hardened(self):
        done = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--no-pager",
             os.environ["ATENDED_UNIT"]], capture_output=True, check=False, text=True, timeout=60)
        found = re.search(r"Overall exposure level for .*: ([0-9.]+)", done.stdout)
        self.assertIsNotNone(found, done.stdout + done.stderr)
        self.assertLess(float(found.group(1)), 2.0, done.stdout)

    def test_the_units_are_what_systemd_reads(self):
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", os.environ["ATENDED_UNIT"],
             os.environ["ATENDED_SOCKET"]], capture_output=True, check=False, text=True,
            timeout=60)
        lines = [line for line in done.stderr.splitlines()
                 if "atended" in line and "is not executable" not in line]
        self.assertEqual(lines, [])


if __name__ == "__main__":
    tap.main()
