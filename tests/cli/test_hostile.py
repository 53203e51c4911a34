"""Whatever customers and colleagues write: no control byte but the newline leaves the program."""

import json
import re
import sqlite3

import tap
from desk import DeskCase, FORBIDDEN

TEXTS = [
    "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x1b]8;;http://x.example\x1b\\link", "\x9b31m",
    "\x1b]52;c;aGk=\x07", "\x1bP$q\x1b\\", "a\x00b", "bell\x07", "back\x08\x08", "\x7fdel",
    "\u202egnp.exe", "\u2066isolate\u2069", "zero\u200bwidth", "\ufeffbom", "line\u2028sep",
    "para\u2029sep", "\u0085next", "soft\u00adhyphen", "\ue000private", "\ufdd0non",
    "tab\there", "cr\rlf\r\n", "🏳\ufe0f\u200d🌈 ok", "é e\u0301", "Z̶̧̛a̴l̷g̴o̵", "٠١٢",
    "%s%n%d {0} {1}", "'; DROP TABLE ticket; --", "\"><script>", "../../etc/passwd", "=1+1",
    "$(touch x) `id` ${HOME}", "\\", "-rf --desk", "null", "true", "1e999", "😀" * 50, "ﷺ",
    "\U000e0041tag", "\x1b", "\n\n\n", "   ", "",
]
BYTES = [b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"ok \x80 ok"]
TERMINALS = re.compile(r"\x1b|\x9b")


class Hostile(DeskCase):
    def setUp(self):
        super().setUp()
        self.numbers = []

    def check(self, *arguments, **more):
        """Runs a command; whatever it says must be harmless, as text and as JSON."""
        result = self.run_(*arguments, **more)
        for bytes_ in (result.out_bytes, result.err_bytes):
            text = bytes_.decode("utf-8")
            if "csv" in arguments:
                text = text.replace("\t", " ")  # data: a spreadsheet gets the tabs of a text
            self.assertIsNone(FORBIDDEN.search(text), (arguments, text))
        self.assertIn(result.status, (0, 1, 2, 3, 4, 6), result)
        return result

    def every_command(self, n):
        for words in (["queue"], ["queue", "--list", "mine"], ["show", n], ["log"], ["drafts"],
                      ["next"], ["answers"], ["reasons"], ["operator"], ["team"], ["setting"],
                      ["target"], ["calendar"], ["customer", 1], ["search", "a*"],
                      ["export", "-"], ["export", "-", "--format", "csv"],
                      ["export", "-", "--format", "csv", "--table", "messages"]):
            for json_ in ([], ["--json"]):
                result = self.check(*words, *json_, as_="root")
                if json_ and result.out and words[0] != "export":
                    json.loads(result.out)
        for words in (["complete", "--", "show", ""], ["complete", "--", "answers", ""]):
            self.check(*words, as_="root")

    def test_as_every_field(self):
        for text in [t.encode("utf-8", "surrogatepass") for t in TEXTS] + BYTES:
            plain = text.replace(b"\x00", b"")
            made = self.check("new", "--channel", "email", "--customer",
                              f"c{len(self.numbers)}@exemplo.example", b"--subject=" + plain,
                              b"--name=" + plain, "-F", "-", input=text or b" ", as_="root")
            if made.status != 0:
                continue
            n = int(made.out)
            self.numbers.append(n)
            self.check("note", n, "-F", "-", input=text, as_="root")
            self.check("receive", n, "-F", "-", input=text, as_="root")
            self.check("drafts", "save", n, "-F", "-", input=text, as_="root")
            self.check("customer", "note", n - 1000, "-F", "-", input=text, as_="root")
            self.check("show", n, as_="root")
            self.check("show", n, "--json", as_="root")
        self.assertGreater(len(self.numbers), 30)
        for text in [t.replace("\x00", "").encode("utf-8", "surrogatepass") for t in TEXTS]:
            self.check("operator", "set", "eva", b"--name=" + text, as_="root")
            self.check("answers", "set", "a", b"--name=" + text, b"-m" + text, as_="root")
            self.check("reasons", "set", "r", b"--name=" + text, as_="root")
            self.check("setting", "set", "desk_name", b"--", text, as_="root")
            self.check("pause", "--", text, as_="root")
            self.check("resume", as_="root")
        self.every_command(self.numbers[0])

    def test_as_every_argument(self):
        for text in [t.replace("\x00", "").encode("utf-8", "surrogatepass") for t in TEXTS] + BYTES:
            self.check(text)
            self.check("queue", text)
            self.check("queue", b"--" + text)
            self.check("queue", b"--filter=" + text)
            self.check("search", b"--", text)
            self.check("show", b"--", text)
            self.check("customer", b"--", text)
            self.check("queue", b"--as=" + text)
            self.check("queue", b"--team=" + text)
            self.check("help", b"--", text)
            self.check(b"--desk=" + (text or b"x"), "queue")
            self.check("note", "1001", b"--file=" + text)
            self.check("import", b"--", text, as_="root")

    def test_a_desk_that_holds_unclean_text(self):
        n = self.new()
        with sqlite3.connect(self.place.desk) as desk:
            evil = "evil \x1b]0;x\x07\u202e\x9b31m\ttab"
            desk.execute("UPDATE ticket SET subject = ?", (evil,))
            desk.execute("UPDATE message SET text = ?", (evil,))
            desk.execute("UPDATE customer SET name = ?", (evil,))
            desk.execute("UPDATE operator SET name = ?", (evil,))
            desk.execute("UPDATE team SET name = ?", (evil,))
        self.every_command(n)

    def test_a_message_cannot_look_like_our_lines(self):
        n = self.new(text="> 99, ana, hoje\nVeja\n# 1, davi\n")
        out = self.done("show", n).out.splitlines()
        self.assertIn("  > 99, ana, hoje", out)
        self.assertIn("  # 1, davi", out)


if __name__ == "__main__":
    tap.main()
