"""The command table seen from outside: help, usage errors, completion, manual."""

import os
import re
import shutil
import subprocess
import unittest

import tap
from desk import FORBIDDEN, Place

COMMANDS = """init sample queue show new receive call claim release take-over reply note wait
resolve reopen snooze no-answer discard transfer priority escalate tag untag subject ask
answer-question merge split undo customer search next drafts answers reasons operator team
calendar target setting pause resume sign-in sign-out log import export backup doctor
keys completion help version attachment preference token
ask-for hand-over memo memos presence""".split()
PAIRS = ["customer new", "customer edit", "customer address", "customer note",
         "customer note-edit", "customer merge", "drafts save", "drafts discard",
         "drafts restore", "drafts adopt", "answers set", "reasons set", "operator set",
         "operator password", "token list", "token add", "token revoke",
         "team set", "calendar set", "target set", "setting set"]


class Help(unittest.TestCase):
    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.close)

    def run_(self, *arguments, **more):
        return self.place.run(*arguments, desk=False, **more)

    def test_program(self):
        for words in (["--help"], ["-h"], ["help"]):
            result = self.run_(*words)
            self.assertEqual((result.status, result.err), (0, ""))
            for command in COMMANDS + PAIRS:
                self.assertRegex(result.out, rf"(?m)^  {command}\s", command)

    def test_program_lists_these_and_no_others(self):
        manual = self.run_("manual").out
        listed = re.findall(r"(?m)^## (.+)$", manual)
        self.assertEqual(set(listed) ^ {*COMMANDS, *PAIRS, "console"}, set(),
                         "only in the program, or only in COMMANDS and PAIRS of this file")
        self.assertEqual(len(listed), len(set(listed)))

    def test_every_command(self):
        for command in COMMANDS + PAIRS:
            with self.subTest(command):
                result = self.run_(*command.split(), "--help")
                self.assertEqual((result.status, result.err), (0, ""))
                self.assertTrue(result.out.startswith(f"usage: atende {command}"), result.out)
                self.assertIn("--json", result.out)
                self.assertIsNone(FORBIDDEN.search(result.out))
                self.assertEqual(self.run_("help", *command.split()).out, result.out)

    def test_help_fits_a_terminal(self):
        for command in [[], *(c.split() for c in COMMANDS + PAIRS)]:
            for line in self.run_(*command, "--help").out.splitlines():
                if not line.startswith(("example:", "usage:")):
                    self.assertLessEqual(len(line), 80, line)

    def test_language(self):
        for lang, word in (("pt_BR", "uso: "), ("en", "usage: ")):
            for words in (["--lang", lang], [f"--lang={lang}"]):
                self.assertTrue(self.run_("--help", *words).out.startswith(word), (lang, words))
                self.assertTrue(self.run_("queue", *words, "--help").out.startswith(word))
        wrong = self.run_("queue", "--lang", "xx")
        self.assertEqual(wrong.status, 2)
        self.assertIn("en, pt_BR", wrong.err)

    def test_an_unknown_option_is_named_before_its_value(self):
        wrong = self.run_("--lng", "pt_BR")
        self.assertEqual(wrong.status, 2)
        self.assertIn("--lang", wrong.err)

    def test_help_wins(self):
        self.assertEqual(self.run_("reply", "--nonsense", "--help").status, 0)

    def test_version(self):
        for words in (["--version"], ["-V"], ["version"]):
            self.assertRegex(self.run_(*words).out, r"^atende \d+\.\d+\.\d+\n$")
        self.assertIn("version", self.run_("version", "--json").json)

    def usage(self, *words, says):
        result = self.run_(*words)
        self.assertEqual((result.status, result.out), (2, ""), result)
        self.assertIn(says, result.err)

    def test_usage_errors_name_what_is_near(self):
        self.usage("quue", says='"queue"')
        self.usage("qwertyuiop", says="--help")
        self.usage("queue", "--fre", says="--free")
        self.usage("queue", "--zzzzzzzz", says="--zzzzzzzz")
        self.usage("reply", "1001", "--free", says="--free")
        self.usage("claim", says="N is missing")
        self.usage("claim", "1", "2", says="2")
        self.usage("claim", "abc", says="abc")
        self.usage("claim", "0", says="0")
        self.usage("claim", "99999999999999999999", says="99999999999999999999")
        self.usage("queue", "--limit", says="--limit")
        self.usage("queue", "--free=yes", says="--free takes no value")
        self.usage("reply", "1", "--change-id", "x", says="UUID")
        self.usage("completion", "tcsh", says="bash")
        self.usage("help", "nada", says="nada")

    def test_usage_errors_as_json(self):
        result = self.run_("quue", "--json")
        self.assertEqual((result.status, result.out), (2, ""))
        self.assertIn('"code":"usage"', result.err)

    def test_options_anywhere(self):
        place = Place()
        self.addCleanup(place.close)
        place.run("init", place.desk)
        for words in (["--json", "queue"], ["queue", "--json"], ["--as=ana", "queue", "--json"],
                      ["--limit", "3", "queue", "--json"], ["queue", "--json", "--"]):
            result = place.run(*words)
            self.assertEqual(result.status, 0, result)
            self.assertEqual(result.json["tickets"], [])
        ok = place.run("new", "--channel=email", "--customer", "a@b.example", "--subject=-x",
                       "-mfoo")
        self.assertEqual((ok.status, ok.out), (0, "1001\n"), ok)
        self.assertEqual(place.run("subject", "1001", "--", "--free").status, 0)
        self.assertEqual(place.run("show", "1001", "--json").json["subject"], "--free")

    def test_no_desk(self):
        result = self.run_("queue")
        self.assertEqual(result.status, 3)
        self.assertIn("atende init", result.err)

    def test_console_without_a_terminal(self):
        result = self.run_()
        self.assertIn(result.status, (1, 2), result)
        self.assertEqual(result.out, "")

    def test_translated(self):
        result = self.run_("quue", env={"LANGUAGE": "pt_BR", "LC_ALL": "C.UTF-8"})
        if "there is no" in result.err:
            self.skipTest("not translated yet")
        self.assertIn('"queue"', result.err)


class Completion(unittest.TestCase):
    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.close)

    def words(self, *line, **more):
        result = self.place.run("complete", "--", *line, **more)
        self.assertEqual(result.status, 0, result)
        return [text.split(" ")[0] for text in result.out.splitlines()]

    def test_scripts_parse(self):
        for shell, check in (("bash", ["bash", "-n"]), ("zsh", ["zsh", "-n"]),
                             ("fish", ["fish", "-n"])):
            script = self.place.run("completion", shell)
            self.assertEqual((script.status, script.err), (0, ""))
            self.assertIn("atende", script.out)
            if shutil.which(shell):
                path = self.place.file(f"script.{shell}", script.out)
                subprocess.run([*check, path], check=True)

    def test_bash_completes(self):
        path = self.place.file("script", self.place.run("completion", "bash").out)
        program = os.path.abspath(os.environ.get("ATENDE_PROGRAM", "build/atende"))
        test = (f"source {path}; COMP_WORDS=({program} que); COMP_CWORD=1; _atende; "
                "echo \"${COMPREPLY[*]}\"")
        done = subprocess.run(["bash", "-c", test], capture_output=True, text=True, check=True)
        self.assertEqual(done.stdout, "queue\n")

    def test_commands(self):
        self.assertEqual(sorted(set(COMMANDS) - set(self.words(""))), [])
        self.assertEqual(self.words("quer"), [])
        self.assertIn("set", self.words("team", ""))
        self.assertNotIn("complete", self.words(""))

    def test_options(self):
        self.assertEqual(self.words("queue", "--fr"), ["--free"])
        self.assertIn("--wait", self.words("reply", "1001", "--"))

    def test_values(self):
        self.assertEqual(self.words("queue", "--order", "pri"), ["priority"])
        self.assertIn("urgent", self.words("priority", "1001", ""))
        self.assertEqual(self.words("import", ""), [":file"])
        self.assertEqual(self.words("note", "1001", "-F", ""), [":file"])
        self.assertIn("bash", self.words("completion", ""))
        self.assertIn("claim", self.words("setting", "set", ""))

    def test_words_of_the_desk(self):
        self.place.run("init", self.place.desk)
        self.place.run("team", "set", "entrega", "--name", "A B")
        self.place.run("new", "--channel", "email", "--customer", "a@b.example", "--subject", "S",
                       "-m", "x")
        self.assertEqual(self.words("queue", "--team", "en"), ["entrega"])
        self.assertEqual(self.words("show", ""), ["1001"])
        self.assertEqual(self.words("--desk", self.place.desk, "queue", "--team", "", desk=False),
                         ["entrega"])
        self.assertEqual(self.words("--desk", "/nonexistent/x.db", "queue", "--team", ""), [])


class Manual(unittest.TestCase):
    def test_names_everything(self):
        place = Place()
        self.addCleanup(place.close)
        manual = place.run("manual").out
        for command in COMMANDS + PAIRS:
            self.assertIn(f"\n## {command}\n", manual)
            help_text = place.run(*command.split(), "--help").out
            for option in re.findall(r"(?m)^  (?:-\w, )?--([a-z-]+)", help_text):
                self.assertIn(f"*--{option}*", manual, f"{command} --{option}")

    def test_is_scdoc(self):
        if not shutil.which("scdoc"):
            self.skipTest("no scdoc")
        place = Place()
        self.addCleanup(place.close)
        page = "atende(1)\n\n" + place.run("manual").out
        done = subprocess.run(["scdoc"], input=page.encode(), capture_output=True)
        self.assertEqual(done.stderr, b"")


if __name__ == "__main__":
    tap.main()
