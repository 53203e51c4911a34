"""Behind nginx as doc/running.md tells, word for word but for ports and paths; skipped without."""

import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import tap
from served import PROGRAM, PATIENCE_S, Answer, Served

NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
GUIDE = os.environ["RUNNING_MD"]
PASSWORD = "correto cavalo bateria"
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def blocks():
    """The configurations of atended and of nginx that the guide shows for a proxy."""
    with open(GUIDE, encoding="utf-8") as guide:
        part = guide.read().split("### Behind a reverse proxy", 1)[1].split("\n### ", 1)[0]
    found = [re.sub("(?m)^    ", "", text).strip() + "\n"
             for text in re.findall(r"(?m)(?:^    .*\n|^\n(?=    ))+", part)]
    return next(b for b in found if b.startswith("listen")), \
        next(b for b in found if b.startswith("server"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@unittest.skipUnless(NGINX, "there is no nginx here")
class Nginx(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.served = served = Served()
        cls.addClassCleanup(served.close)
        cls.ca = served.file("fullchain.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                        "-subj", "/CN=localhost", "-addext",
                        "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout",
                        served.file("key.pem"), "-out", cls.ca], check=True, capture_output=True)
        inner, cls.port = free_port(), free_port()
        ours, theirs = blocks()
        ours = f"listen = unix:{served.socket}\n" + ours.replace("8420", str(inner))
        theirs = theirs.replace("8420", str(inner)).replace("/etc/atende", served.path)
        theirs = theirs.replace("listen 443", f"listen 127.0.0.1:{cls.port}")
        temporary = "".join(f"{name}_temp_path {served.path}/{name};\n" for name in TEMPORARY)
        served.file("nginx.conf", f"daemon off;\npid {served.path}/pid;\nerror_log stderr;\n"
                    f"events {{}}\nhttp {{\naccess_log off;\n{temporary}{theirs}}}\n")
        os.makedirs(served.file(".config/atende"))
        served.file(".config/atende/atende.conf", f"ca_file = {cls.ca}\n")
        served.start("--config", served.file("atended.conf", ours), listen=False)
        cls.nginx = subprocess.Popen([NGINX, "-p", served.path, "-c", served.file("nginx.conf")],
                                     stderr=subprocess.DEVNULL)
        cls.addClassCleanup(cls.stop)
        served.wait_until(cls.is_there)
        people = json.loads(served.atende("--as", "ana", "--json", "operator"))["operators"]
        admin = next(o["login"] for o in people if o["role"] == "admin")
        cls.run_("--desk", served.desk, "--as", admin, "operator", "password", "ana")
        cls.url = f"https://localhost:{cls.port}"
        cls.run_("--desk", cls.url, "--as", "ana", "sign-in")
        cls.token = served.read(".local/state/atende/tokens").split()[-1]

    @classmethod
    def stop(cls):
        cls.nginx.terminate()
        cls.nginx.wait(PATIENCE_S)

    @classmethod
    def run_(cls, *words):
        subprocess.run([PROGRAM, *words], input=PASSWORD + "\n", text=True, check=True,
                       capture_output=True, env=cls.served.environment(), timeout=PATIENCE_S)

    @classmethod
    def is_there(cls):
        assert cls.nginx.poll() is None
        try:
            return cls.ask("GET", "/healthz").status == 200
        except OSError:
            return False

    @classmethod
    def connect(cls, source="127.0.0.1"):
        return http.client.HTTPSConnection(
            "localhost", cls.port, timeout=PATIENCE_S, source_address=(source, 0),
            context=ssl.create_default_context(cafile=cls.ca))

    @classmethod
    def ask(cls, method, path, body=None, headers=None, source="127.0.0.1"):
        connection = cls.connect(source)
        connection.request(method, path, body, headers or {})
        answer = Answer(connection.getresponse())
        connection.close()
        return answer

    def test_commands_go_through(self):
        by_file = self.served.atende("--as", "ana", "queue", "--json")
        self.assertEqual(self.served.atende("queue", "--json", desk=self.url), by_file)

    def test_a_large_file_goes_through(self):
        path = self.served.file("large.txt", "0123456789abcdef" * (1 << 20))
        number = json.loads(self.served.atende("--as", "ana", "queue", "--json"))[
            "tickets"][0]["number"]
        self.served.atende("note", str(number), "-m", "grande", "--attach", path, desk=self.url)

    def test_the_feed_is_not_kept_back(self):
        connection = self.connect()
        connection.request("GET", "/v1/feed", headers={"Authorization": "Bearer " + self.token})
        feed = connection.getresponse()
        self.assertEqual(feed.status, 200)
        while not feed.readline().startswith(b"event: heartbeat"):
            pass
        number = json.loads(self.served.atende("--as", "ana", "queue", "--json"))[
            "tickets"][0]["number"]
        self.served.atende("--as", "ana", "note", str(number), "-m", "pelo proxy")
        while not feed.readline().startswith(b"event: change"):
            pass
        connection.close()

    def test_metrics_are_not_for_all(self):
        self.assertEqual(self.ask("GET", "/metrics").status, 404)

    def guess(self, login, source, forged):
        body = json.dumps({"login": login, "password": "errada", "name": "x"})
        return self.ask("POST", "/v1/sign-in", body, {
            "Content-Type": "application/json", "X-Forwarded-For": forged}, source).status

    def test_guesses_are_counted_by_who_came(self):
        statuses = [self.guess(f"a{i}", "127.0.0.1", f"203.0.113.{i}") for i in range(21)]
        self.assertEqual(statuses, [403] * 20 + [429])
        self.assertEqual(self.guess("b", "127.0.0.5", "203.0.113.1"), 403)


if __name__ == "__main__":
    tap.main()
