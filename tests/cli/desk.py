"""A desk in a directory of its own, and the program run on it."""

import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

# With a server, what is done on the desk goes through it.
SERVER = os.environ.get("ATENDED_PROGRAM")
PROGRAM = os.path.abspath(os.environ.get("ATENDE_PROGRAM", "build/atende"))

# Anything that a terminal could take for a command, or that turns or hides text.
FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u2028\u2029]")


class Result:
    def __init__(self, process):
        self.status = process.returncode
        self.out_bytes, self.err_bytes = process.stdout, process.stderr
        self.out = process.stdout.decode("utf-8")
        self.err = process.stderr.decode("utf-8")

    @property
    def json(self):
        return json.loads(self.out)

    def __repr__(self):
        return f"status {self.status}\nout: {self.out}\nerr: {self.err}"


class Place:
    """An empty directory that is HOME, too. Removed by close."""

    def __init__(self):
        self.path = tempfile.mkdtemp(prefix="atende-cli-")
        self.desk = os.path.join(self.path, "desk.db")
        self.where = self.desk
        self.server = None

    def serve(self):
        """From now on the desk is reached through a server, which has answered."""
        self.lair = tempfile.mkdtemp(prefix="atende-cli-server-")
        path = os.path.join(self.lair, "socket")
        self.where = "unix:" + path
        self.server = subprocess.Popen(
            [os.path.abspath(SERVER), "--desk", self.desk, "--listen", self.where],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:
            with socket.socket(socket.AF_UNIX) as line:
                if line.connect_ex(path) == 0:
                    return
            if self.server.poll() is not None:
                raise RuntimeError("the server has ended")
            time.sleep(0.01)

    def close(self):
        if self.server:
            self.server.terminate()
            self.server.wait()
            shutil.rmtree(self.lair, ignore_errors=True)
        shutil.rmtree(self.path, ignore_errors=True)

    def file(self, name, content=None):
        path = os.path.join(self.path, name)
        if content is not None:
            with open(path, "wb") as out:
                out.write(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    def read(self, name):
        with open(os.path.join(self.path, name), "rb") as file:
            return file.read()

    def run(self, *arguments, input=None, as_="ana", desk=True, env=None):
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": self.path,
            "LC_ALL": "C.UTF-8",
            "LANGUAGE": "en",
            "TZ": "America/Sao_Paulo",
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                environment[name] = os.environ[name]
        if desk:
            environment["ATENDE_DESK"] = self.where
        if as_:
            environment["ATENDE_AS"] = as_
        environment.update(env or {})
        if isinstance(input, str):
            input = input.encode("utf-8")
        words = [a if isinstance(a, bytes) else str(a) for a in arguments]
        process = subprocess.run([PROGRAM, *words], input=input or b"", env=environment,
                                 cwd=self.path, capture_output=True, timeout=300)
        return Result(process)


class DeskCase(unittest.TestCase):
    """A small desk for each test: admin root, operators ana and bruno, supervisor davi, all in
    team entrega; carla in team cobranca alone."""

    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.close)
        self.make_desk()

    def make_desk(self):
        self.done("init", self.place.desk, as_="root")
        if SERVER:
            self.place.serve()
        for line in (
            "team set entrega --name Entrega", "team set cobranca",
            "operator set ana --name Ana --teams entrega",
            "operator set bruno --teams entrega", "operator set davi --role supervisor "
            "--teams entrega,cobranca", "operator set carla --teams cobranca",
            "reasons set atraso --name Atraso",
        ):
            self.done(*line.split(), as_="root")

    def run_(self, *arguments, **more):
        return self.place.run(*arguments, **more)

    def done(self, *arguments, **more):
        """Runs a command that must succeed."""
        result = self.place.run(*arguments, **more)
        self.assertEqual(result.status, 0, f"{arguments}: {result}")
        return result

    def refused(self, status, *arguments, says=None, **more):
        """Runs a command that must end with this status and say so on err alone."""
        result = self.place.run(*arguments, **more)
        self.assertEqual(result.status, status, f"{arguments}: {result}")
        self.assertEqual(result.out, "", f"{arguments}: {result}")
        self.assertNotEqual(result.err, "", f"{arguments}")
        if says:
            self.assertIn(says, result.err)
        return result

    def json(self, *arguments, **more):
        return self.done(*arguments, "--json", **more).json

    def new(self, *more, customer="maria@exemplo.example", subject="Atraso", text="Onde está?",
            as_="ana"):
        """A ticket of team entrega; gives its number."""
        result = self.done("new", "--channel", "email", "--customer", customer, "--subject",
                           subject, "--team", "entrega", "-F", "-", *more, input=text, as_=as_)
        return int(result.out)

    def show(self, number, as_="root"):
        return self.json("show", number, as_=as_)
