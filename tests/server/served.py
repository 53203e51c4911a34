"""A server of the test's own: atended on a desk in a directory of its own."""

import atexit
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

PROGRAM = os.path.abspath(os.environ.get("ATENDE_PROGRAM", "build/atende"))
SERVER = os.path.abspath(os.environ.get("ATENDED_PROGRAM", "build/atended"))
PATIENCE_S = 60


class Sample:
    """A sample desk, made once."""
    path = None

    @classmethod
    def copy(cls, served):
        if cls.path is None:
            place = tempfile.mkdtemp(prefix="atende-sample-")
            atexit.register(shutil.rmtree, place)
            cls.path = os.path.join(place, "desk.db")
            served.atende("sample", cls.path, desk=False)
        shutil.copy(cls.path, served.desk)


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=PATIENCE_S)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(PATIENCE_S)
        self.sock.connect(self.path)


class Answer:
    def __init__(self, answer):
        self.status, self.headers = answer.status, answer.headers
        self.body = answer.read()

    @property
    def json(self):
        return json.loads(self.body)


class Served:
    """A directory with a sample desk; start() and stop() a server on it. Removed by close()."""

    def __init__(self, sample=True):
        self.path = tempfile.mkdtemp(prefix="atende-server-")
        self.desk = self.file("desk.db")
        self.socket = self.file("socket")
        self.process = None
        if sample:
            Sample.copy(self)

    def file(self, name, content=None):
        path = os.path.join(self.path, name)
        if content is not None:
            with open(path, "w", encoding="utf-8") as out:
                out.write(content)
        return path

    def read(self, name):
        with open(self.file(name), encoding="utf-8") as file:
            return file.read()

    def environment(self, extra=None):
        return {"PATH": os.environ["PATH"], "HOME": self.path, "LC_ALL": "C.UTF-8",
                "LANGUAGE": "en", **(extra or {})}

    def atende(self, *arguments, desk=True, status=0):
        where = ["--desk", self.desk] if desk is True else ["--desk", desk] if desk else []
        done = subprocess.run([PROGRAM, *where, *arguments], capture_output=True, check=False,
                              env=self.environment(), timeout=PATIENCE_S)
        assert done.returncode == status, done.stderr.decode()
        return done.stdout.decode()

    def atended(self, *arguments, env=None):
        """Runs it to its end."""
        return subprocess.run([SERVER, *arguments], capture_output=True, check=False, text=True,
                              env=self.environment(env), timeout=PATIENCE_S)

    def start(self, *arguments, env=None, listen=True, desk=True, **how):
        where = ["--desk", self.desk] if desk else []
        where += ["--listen", "unix:" + self.socket] if listen else []
        with open(self.file("err"), "ab") as err:
            self.process = subprocess.Popen([SERVER, *where, *arguments], stderr=err,
                                            env=self.environment(env), **how)
        self.wait_until(self.is_there)

    def is_there(self):
        assert self.process.poll() is None, self.read("err")
        try:
            return self.get("/healthz").status == 200
        except OSError:
            return False

    def wait_until(self, condition):
        """The server works in its own time; fails when it takes a minute."""
        end = time.monotonic() + PATIENCE_S
        while not condition():
            assert time.monotonic() < end, "it did not come true"
            time.sleep(0.02)

    def ask(self, method, path, body=None, headers=None):
        connection = UnixConnection(self.socket)
        text = json.dumps(body) if body is not None else None
        connection.request(method, path, text, headers or {})
        answer = Answer(connection.getresponse())
        connection.close()
        return answer

    def get(self, path, **headers):
        return self.ask("GET", path, headers=headers)

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self):
        """Asks it to end; its exit status."""
        if self.process is None:
            return 0
        self.signal(signal.SIGTERM)
        status = self.process.wait(PATIENCE_S)
        self.process = None
        return status

    def close(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait(PATIENCE_S)
        shutil.rmtree(self.path, ignore_errors=True)
