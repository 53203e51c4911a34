"""Signing in at a server from the command line: what is asked, kept, sent, and never told."""

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
import unittest
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))

import tap  # noqa: E402
from desk import DeskCase, Result  # noqa: E402

ATENDED = os.path.abspath(os.environ.get("SERVER_PROGRAM", "build/atended"))
PASSWORD = "correto cavalo bateria"
ANAS, ZOES, STRANGERS, DAEMONS = 54321, 54322, 54323, 1


class SignIn(DeskCase):
    def setUp(self):
        super().setUp()
        self.socket = self.place.file("socket")
        self.done("operator", "password", "ana", input=PASSWORD, as_="root")
        self.start()

    def start(self, *more):
        self.log = open(self.place.file("log"), "ab")
        self.server = subprocess.Popen(
            [ATENDED, "--desk", self.place.desk, "--listen", "unix:" + self.socket,
             "--listen", f"127.0.0.1:{free_port(self)}", *more],
            stdout=self.log, stderr=self.log, env={**os.environ, "HOME": self.place.path})
        self.addCleanup(self.stop)
        end = time.monotonic() + 30
        while not self.is_up():
            self.assertIsNone(self.server.poll(), self.place.read("log"))
            self.assertLess(time.monotonic(), end)
            time.sleep(0.02)

    def is_up(self):
        try:
            with urllib.request.urlopen(self.url + "/healthz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def stop(self):
        if self.server.poll() is None:
            self.server.send_signal(signal.SIGTERM)
            self.assertEqual(self.server.wait(60), 0)
        self.log.close()

    def at(self, *arguments, as_=None, **more):
        return self.place.run(*arguments, "--desk", self.url, as_=as_, desk=False, **more)

    def ok(self, *arguments, **more):
        result = self.at(*arguments, **more)
        self.assertEqual(result.status, 0, result)
        return result

    def no(self, status, *arguments, says, **more):
        result = self.at(*arguments, **more)
        self.assertEqual((result.status, result.out), (status, ""), result)
        self.assertIn(says, result.err)
        return result

    @property
    def kept(self):
        return os.path.join(self.place.path, ".local/state/atende/tokens")

    def sign_in(self, login="ana"):
        self.ok("sign-in", input=f"{login}\n{PASSWORD}\n")

    def test_who_signs_in_is_known_from_then_on(self):
        self.new()
        self.no(5, "queue", says="atende sign-in")
        self.sign_in()
        self.assertIn("Atraso", self.ok("queue").out)
        self.assertEqual(stat.S_IMODE(os.stat(self.kept).st_mode), 0o600)
        # The day began, too.
        people = {o["login"]: o for o in self.ok("operator", "--json").json["operators"]}
        self.assertIsNotNone(people["ana"]["signed_in_at"])
        self.assertIn("session", self.ok("token").out)
        # Again: no password is asked for.
        self.ok("sign-in")
        self.ok("sign-out")
        self.assertNotIn("atd_", open(self.kept).read())
        self.no(5, "queue", says="atende sign-in")

    def test_login_by_option_then_only_the_password_is_read(self):
        self.ok("sign-in", as_="ana", input=PASSWORD)
        self.ok("queue", as_="ana")
        self.no(5, "queue", as_="bruno", says="atende sign-in")

    def test_wrong_ones_are_refused_and_nothing_is_kept(self):
        for text in ("ana\nerrada mesmo\n", "zoe\n" + PASSWORD, "bruno\n" + PASSWORD):
            refused = self.no(5, "sign-in", input=text, says="login or the password")
            self.assertNotIn("errada", refused.err)
        self.no(1, "sign-in", input="", says="standard input")
        self.no(1, "sign-in", input="ana\n", says="standard input")
        self.no(2, "sign-in", "--password", PASSWORD, says="--password")
        self.assertFalse(os.path.exists(self.kept))

    def test_a_file_that_others_can_read_is_refused(self):
        self.sign_in()
        os.chmod(self.kept, 0o640)
        self.no(5, "queue", says="others can read")
        os.chmod(self.kept, 0o600)
        self.ok("queue")

    def test_a_session_that_was_ended_says_what_to_do(self):
        self.sign_in()
        number = self.ok("token", "--json").json["tokens"][0]["id"]
        self.done("token", "revoke", number, as_="root")
        result = self.no(5, "queue", "--json", says="signed_out")
        self.assertIn("atende sign-in", result.err)
        self.no(5, "sign-out", says="atende sign-in")
        self.assertNotIn("atd_", open(self.kept).read())
        self.sign_in()
        self.ok("queue")

    def test_a_token_from_the_environment_or_a_command(self):
        token = self.done("token", "add", "painel", "--rights", "read").out.strip()
        self.ok("queue", env={"ATENDE_TOKEN": token})
        self.no(5, "tag", 1001, "vip", env={"ATENDE_TOKEN": token}, says="write")
        self.no(5, "queue", env={"ATENDE_TOKEN": token[:-1] + "_"}, says="atende sign-in")
        self.no(1, "queue", env={"ATENDE_TOKEN": "x\r\nX-Evil: 1"}, says="no token")
        config = self.place.file(".config/atende/atende.conf")
        os.makedirs(os.path.dirname(config))
        secret = self.place.file("um segredo", token + "\nmais\n")
        script = self.place.file("mostra", f"#!/bin/sh\n[ \"$*\" = '$HOME | x' ] && "
                                           f"cat '{secret}'\n")
        os.chmod(script, 0o700)
        with open(config, "w", encoding="utf-8") as out:
            out.write(f"token_command = {script} $HOME | x\n")
        self.ok("queue")
        self.ok("sign-out", env={"ATENDE_TOKEN": self.done(
            "token", "add", "x", "--rights", "read,write").out.strip()})
        self.ok("queue")
        self.assertFalse(os.path.exists(self.kept))
        for command, says in ((script, "failed"), ("/nowhere/none", "cannot be run"),
                              ("true", "printed nothing")):
            with open(config, "w", encoding="utf-8") as out:
                out.write(f"token_command = {command}\n")
            self.no(1, "queue", says=says)

    def test_passwords_and_tokens_over_the_network(self):
        self.sign_in()
        token = self.ok("token", "add", "painel", "--rights", "read,write").out.strip()
        self.assertRegex(token, r"^atd_[\w-]{43}$")
        self.ok("queue", env={"ATENDE_TOKEN": token})
        self.no(5, "token", env={"ATENDE_TOKEN": token}, says="admin")
        self.no(5, "operator", "password", input="nova senha boa\nerrada mesmo\n",
                says="present password")
        self.no(1, "operator", "password", input="nova senha boa\n", says="standard input")
        self.ok("operator", "password", input=f"nova senha boa\n{PASSWORD}\n")
        self.no(5, "queue", says="atende sign-in")
        self.no(5, "sign-in", input=f"ana\n{PASSWORD}\n", says="login or the password")
        self.ok("sign-in", input="ana\nnova senha boa\n")
        self.ok("token", "revoke", "painel")
        self.no(5, "queue", env={"ATENDE_TOKEN": token}, says="atende sign-in")

    def test_the_socket_needs_no_password(self):
        self.new()
        result = self.place.run("queue", "--desk", "unix:" + self.socket, desk=False)
        self.assertIn("Atraso", result.out)
        result = self.place.run("sign-in", "--desk", "unix:" + self.socket, desk=False)
        self.assertEqual(result.status, 0, result)
        result = self.place.run("operator", "password", "--desk", "unix:" + self.socket,
                                desk=False, input="outra senha boa\n")
        self.assertEqual(result.status, 0, result)

    @unittest.skipUnless(os.getuid() == 0, "only root can become another user")
    def test_who_logged_in_by_ssh_needs_no_password(self):
        """As another uid on the server's machine, which is all that an SSH login is."""
        self.stop()
        config = self.place.file("atended.conf", f"uid_logins = yes\n[uids]\n{ANAS} = ana\n"
                                                 f"{ZOES} = zoe\n")
        self.done("operator", "set", "daemon", "--teams", "cobranca", as_="root")
        self.new()
        self.start("--config", config)
        os.chmod(self.place.path, 0o711)
        queue = self.as_user(ANAS, "queue")
        self.assertIn("Atraso", queue.out, queue)
        self.assertEqual(self.as_user(ANAS, "sign-in").out, "signed in\n")
        self.assertIn("ana", self.as_user(ANAS, "log", "--json").out)
        self.refused_user(ANAS, "queue", "--as", "bruno", says="bruno")
        self.refused_user(ANAS, "operator", "set", "ana", "--role", "admin", says="admin")
        # Who is of the desk by his name alone sees what is his.
        self.assertNotIn("Atraso", self.as_user(DAEMONS, "queue").out)
        for stranger in (ZOES, STRANGERS):
            self.refused_user(stranger, "queue", says="no operator of this desk")
            self.refused_user(stranger, "queue", "--as", "ana", says="no operator of this desk")
            # But whoever has a password may use it there too.
        self.assertEqual(self.as_user(STRANGERS, "sign-in", input=f"ana\n{PASSWORD}\n").status, 0)
        self.assertIn("Atraso", self.as_user(STRANGERS, "queue").out)

    @unittest.skipUnless(os.getuid() == 0, "only root can be somebody else")
    def test_guesses_on_the_socket_are_counted_by_user(self):
        os.chmod(self.place.path, 0o711)
        last = ""
        for number in range(25):
            last = self.as_user(STRANGERS, "sign-in", input=f"nobody{number}\nerrada\n").err
        self.assertIn("too many attempts", last)
        self.assertEqual(self.as_user(ZOES, "sign-in", input=f"ana\n{PASSWORD}\n").status, 0)

    def as_user(self, uid, *arguments, input=""):
        """The program by this user, with a home of his own."""
        home = self.place.file(str(uid))
        os.makedirs(home, exist_ok=True)
        os.chown(home, uid, uid)
        program = self.place.file("atende")
        if not os.path.exists(program):  # where it was built he may not look
            shutil.copy(os.environ.get("ATENDE_PROGRAM", "build/atende"), program)
        environment = {"HOME": home, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8",
                       "LANGUAGE": "en"}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                environment[name] = os.environ[name]
        return Result(subprocess.run(
            [program, *arguments, "--desk", "unix:" + self.socket], input=input.encode(),
            env=environment, cwd="/", capture_output=True, timeout=60, user=uid, group=uid,
            extra_groups=[]))

    def refused_user(self, uid, *arguments, says):
        result = self.as_user(uid, *arguments)
        self.assertEqual((result.status, result.out), (5, ""), result)
        self.assertIn(says, result.err)

    def guess(self, login, forwarded):
        """The status of a wrong password that a proxy says comes from there."""
        asked = urllib.request.Request(
            self.url + "/v1/sign-in", method="POST",
            data=json.dumps({"login": login, "password": "errada", "name": "x"}).encode(),
            headers={"Content-Type": "application/json", "X-Forwarded-For": forwarded})
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(asked, timeout=60)
        refused.exception.close()
        return refused.exception.code

    def test_guesses_are_counted_by_who_came_to_the_proxy(self):
        self.stop()
        self.start("--config", self.place.file("atended.conf", "proxy = 127.0.0.1\n"))
        statuses = [self.guess(f"b{i}", f"198.51.100.{i}, 203.0.113.1") for i in range(21)]
        self.assertEqual(statuses, [403] * 20 + [429])
        self.assertEqual(self.guess("c", "203.0.113.2"), 403)

    def test_no_log_tells_a_secret(self):
        self.sign_in()
        token = self.ok("token", "add", "painel").out.strip()
        self.ok("queue", env={"ATENDE_TOKEN": token})
        self.at("queue", env={"ATENDE_TOKEN": token + "x"})
        self.at("sign-in", as_="ana", input="errada mesmo\n", env={"HOME": "/nowhere"})
        self.ok("operator", "password", input=f"nova senha boa\n{PASSWORD}\n")
        session = re.search("atd_.*", open(self.kept).read()).group()
        self.stop()
        log = self.place.read("log").decode()
        self.assertIn("/v1/sign-in", log)
        for secret in (token, session, "atd_", "cavalo", "errada", "nova senha", "argon2"):
            self.assertNotIn(secret, log)


def free_port(case):
    import socket
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        case.url = f"http://127.0.0.1:{probe.getsockname()[1]}"
        return probe.getsockname()[1]


if __name__ == "__main__":
    tap.main()
