"""A real atended on a sample desk, and a client that sends what it is told."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import tempfile


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("desk")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(60)
        self.sock.connect(self.path)


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()
        self.media_type = (response.headers.get("Content-Type") or "").split(";")[0]


class Server:
    """Removed with all that it wrote by stop, which fails when the server did not end well."""

    def __init__(self, atended, atende):
        self.place = tempfile.mkdtemp(prefix="atende-http-")
        desk = os.path.join(self.place, "desk.db")
        self.socket = os.path.join(self.place, "socket")
        subprocess.run([atende, "sample", desk], check=True, stdout=subprocess.DEVNULL)
        self.log = open(os.path.join(self.place, "log"), "w+b")
        self.process = subprocess.Popen(
            [atended, "--desk", desk, "--listen", f"unix:{self.socket}"],
            stderr=self.log, stdout=self.log, env=dict(os.environ, TMPDIR=self.place))
        self.connection = None
        while not self.is_up():
            assert self.process.poll() is None, self.written()

    def is_up(self):
        """The socket is there a moment before anybody listens at it."""
        try:
            return self.ask("GET", "/healthz").status == 200
        except OSError:
            return False

    def written(self):
        self.log.seek(0)
        return self.log.read().decode("utf-8", "replace")

    def ask(self, method, target, headers=None, body=None):
        """One more try on a new connection: the server may have closed a kept one."""
        for is_last in (False, True):
            if self.connection is None:
                self.connection = UnixConnection(self.socket)
            try:
                self.connection.request(method, target, body, headers or {})
                return Answer(self.connection.getresponse())
            except (http.client.HTTPException, OSError):
                self.connection.close()
                self.connection = None
                if is_last:
                    raise
        return None

    def stop(self):
        if self.connection:
            self.connection.close()
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(60)
        written = self.written()
        self.log.close()
        shutil.rmtree(self.place, ignore_errors=True)
        assert status == 0, f"ended with {status}\n{written[-5000:]}"
        for fault in ("Sanitizer", "runtime error"):
            at = written.find(fault)
            assert at < 0, written[max(at - 200, 0):at + 5000]
