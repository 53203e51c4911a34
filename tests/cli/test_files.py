"""Files that come and go with texts, where replies go, what operators prefer."""

import os
import sqlite3
import subprocess

import tap
from desk import DeskCase, FORBIDDEN, PROGRAM

PNG = b"\x89PNG\r\n\x1a\n\x00\xff" * 100
NAMES = ["../../etc/passwd", "/etc/passwd", "..", ".bashrc", "a\x1b[31mb.png", "a\nb.png",
         "con.txt", "NUL", "-rf", "x" * 300 + ".png", "田" * 120 + ".png", "\u202egnp.exe",
         "nota fiscal.pdf", "%s{0}", "a\\b", "c:d", "e\u0301.txt", "trailing. ",
         "🏳\ufe0f\u200d🌈.png"]


class Files(DeskCase):
    def setUp(self):
        super().setUp()
        self.place.file("foto.png", PNG)
        self.place.file("nota.txt", "Prazo: 24/11\n")

    def saved(self, n, id_, *more):
        path = self.done("attachment", n, id_, *more).out.rstrip("\n")
        with open(os.path.join(self.place.path, path), "rb") as file:
            return path, file.read()

    def test_every_text_takes_files(self):
        n = self.new("--attach", "foto.png")
        self.done("receive", n, "-m", "Mais", "--attach", "nota.txt", "--attach", "foto.png")
        self.done("note", n, "-m", "Veja", "--attach", "nota.txt")
        self.done("call", n, "-m", "Ligou", "--attach", "nota.txt")
        self.done("reply", n, "--seen", 99, "-m", "Segue", "--attach", "foto.png", "--stay-open")
        ticket = self.show(n)
        names = [[a["name"] for a in m["attachments"]] for m in ticket["messages"]]
        self.assertEqual(names, [["foto.png"], ["nota.txt", "foto.png"], ["nota.txt"],
                                 ["foto.png"]])
        self.assertEqual([a["name"] for a in ticket["notes"][0]["attachments"]], ["nota.txt"])
        file = ticket["messages"][0]["attachments"][0]
        self.assertEqual((file["media_type"], file["size_bytes"]), ("image/png", len(PNG)))
        self.assertEqual(len(file["blob"]), 64)
        self.assertIn(f"[{file['id']}] foto.png 1000 B", self.done("show", n).out)

    def test_saving(self):
        n = self.new("--attach", "foto.png")
        id_ = self.show(n)["messages"][0]["attachments"][0]["id"]
        os.mkdir(self.place.file("pasta"))
        self.assertEqual(self.saved(n, id_), ("./foto (2).png", PNG))  # foto.png is there
        self.assertEqual(self.saved(n, id_, "--output", "pasta"), ("pasta/foto.png", PNG))
        self.assertEqual(self.saved(n, id_, "--output", "pasta"), ("pasta/foto (2).png", PNG))
        self.assertEqual(self.saved(n, id_, "-o", "outra.png"), ("outra.png", PNG))
        self.refused(4, "attachment", n, id_, "--output", "nota.txt", says="nota.txt")
        self.assertEqual(self.place.read("nota.txt"), b"Prazo: 24/11\n")
        self.assertEqual(self.print(n, id_), PNG)
        os.symlink("/etc/hostname", self.place.file("link.png"))
        self.refused(4, "attachment", n, id_, "--output", "link.png")
        told = self.json("attachment", n, id_, "--output", "json.png")
        self.assertEqual((told["file"], told["attachment"]["name"]), ("json.png", "foto.png"))
        self.assertEqual(oct(os.stat(self.place.file("json.png")).st_mode & 0o777), "0o600")

    def print(self, n, id_):
        env = {"HOME": self.place.path, "ATENDE_DESK": self.place.desk, "ATENDE_AS": "ana",
               "LC_ALL": "C.UTF-8"}
        return subprocess.run([PROGRAM, "attachment", str(n), str(id_), "--output", "-"],
                              env=env, capture_output=True, check=True).stdout

    def test_refusals(self):
        n = self.new("--attach", "foto.png")
        id_ = self.show(n)["messages"][0]["attachments"][0]["id"]
        self.refused(3, "attachment", n, 99, says="99")
        self.refused(3, "attachment", n, id_, as_="carla")
        other = self.new(customer="joao@exemplo.example")
        self.refused(3, "attachment", other, id_)
        self.refused(3, "note", n, "-m", "x", "--attach", "missing.png", says="missing.png")
        self.refused(1, "note", n, "-m", "x", "--attach", "/dev/zero", says="/dev/zero")
        self.refused(1, "note", n, "-m", "x", "--attach", ".")
        self.assertEqual(self.show(n)["notes"], [])

    def test_the_desk_sets_the_limit(self):
        n = self.new()
        self.refused(1, "setting", "set", "max_attachment", "much", as_="root")
        self.done("setting", "set", "max_attachment", "500 B", as_="root")
        self.assertIn("500 B", self.done("setting").out)
        self.refused(1, "note", n, "-m", "x", "--attach", "foto.png", says="500 B")
        self.done("note", n, "-m", "x", "--attach", "nota.txt")

    def test_large_and_empty_files(self):
        large = os.urandom(3 * 1024 * 1024 + 17)
        self.place.file("large.bin", large)
        self.place.file("empty", b"")
        n = self.new("--attach", "large.bin", "--attach", "empty")
        files = self.show(n)["messages"][0]["attachments"]
        self.assertEqual([f["size_bytes"] for f in files], [len(large), 0])
        os.mkdir(self.place.file("out"))
        self.assertEqual(self.saved(n, files[0]["id"], "-o", "out")[1], large)
        self.assertEqual(self.saved(n, files[1]["id"], "-o", "out")[1], b"")

    def test_hostile_names(self):
        os.mkdir(self.place.file("in"))
        os.mkdir(self.place.file("out"))
        n = self.new()
        for name in NAMES:
            last = name.split("/")[-1]
            path = os.path.join(self.place.path, "in", last)
            if last in ("", "..") or len(os.fsencode(last)) > 255:
                continue
            with open(path, "wb") as file:
                file.write(PNG)
            self.done("note", n, "-m", "x", "--attach", path)
        for note in self.show(n)["notes"]:
            self.check_name(note["attachments"][0]["name"])

    def test_hostile_names_of_others(self):
        """Names that no door of ours let in: the desk was written by another program."""
        n = self.new("--attach", "foto.png")
        id_ = self.show(n)["messages"][0]["attachments"][0]["id"]
        os.mkdir(self.place.file("out"))
        for name in NAMES + ["", "/", "\x00x"[1:]]:
            with sqlite3.connect(self.place.desk) as desk:
                desk.execute("UPDATE attachment SET name = ?", (name,))
            for words in (["show", n], ["show", n, "--json"]):
                self.assertIsNone(FORBIDDEN.search(self.done(*words).out), name)
            path, bytes_ = self.saved(n, id_, "-o", "out")
            self.assertEqual(bytes_, PNG)
            self.assertEqual(os.path.dirname(path), "out")
            self.check_name(os.path.basename(path))
        self.assertEqual({f for f in os.listdir(self.place.path) if not f.startswith("desk.db")},
                         {"foto.png", "nota.txt", "out"})

    def check_name(self, name):
        self.assertIsNone(FORBIDDEN.search(name), name)
        self.assertFalse(set('/\\:*?"<>|') & set(name), name)
        self.assertNotIn(name[0], ".-", name)
        self.assertLessEqual(len(name.encode("utf-8")), 210, name)
        self.assertNotIn(name.split(".")[0].lower(), ("con", "nul", "aux", "prn", "com1"))

    def test_drafts_keep_their_files(self):
        n = self.new()
        self.done("claim", n)
        self.done("drafts", "save", n, "-m", "Segue anexo", "--attach", "foto.png", "--to",
                  "maria@exemplo.example")
        draft = self.json("drafts")["drafts"][0]
        self.assertEqual([a["name"] for a in draft["attachments"]], ["foto.png"])
        self.assertEqual(draft["address"], "maria@exemplo.example")
        self.done("release", n)
        self.done("claim", n, as_="bruno")
        self.done("drafts", "adopt", n, "--from", "ana", as_="bruno")
        draft = self.json("drafts", as_="bruno")["drafts"][0]
        self.assertEqual((draft["operator"], draft["attachments"][0]["name"]),
                         ("bruno", "foto.png"))
        for kind in ("note", "customer_note", "call", "question"):
            self.done("drafts", "save", n, "-m", kind, "--kind", kind)
        self.assertEqual({d["kind"] for d in self.json("drafts")["drafts"]},
                         {"note", "customer_note", "call", "question"})
        self.done("customer", "note", 1, "-m", "customer_note, e mais")
        self.done("call", n, "-m", "call")
        self.done("ask", n, "--team", "cobranca", "-m", "question")
        self.assertEqual({d["kind"] for d in self.json("drafts")["drafts"]}, {"note"})

    def test_undo_gives_files_back(self):
        n = self.new()
        done = self.json("reply", n, "-m", "Segue", "--attach", "foto.png", "--wait")
        self.done("undo", done["revision"])
        draft = self.json("drafts")["drafts"][0]
        self.assertEqual([a["name"] for a in draft["attachments"]], ["foto.png"])
        self.assertEqual(draft["address"], "maria@exemplo.example")

    def test_where_a_reply_goes(self):
        n = self.new()
        self.done("customer", "address", 1, "maria@trabalho.example")
        self.done("customer", "address", 1, "+5511912340001")
        self.done("reply", n, "-m", "Um", "--stay-open")
        self.done("receive", n, "-m", "Daqui", "--from", "maria@trabalho.example")
        self.done("reply", n, "-m", "Dois", "--seen", 99, "--stay-open")
        self.done("reply", n, "-m", "Três", "--seen", 99, "--to", "MARIA@exemplo.example",
                  "--stay-open")
        self.refused(1, "reply", n, "-m", "Não", "--seen", 99, "--to", "x@y.example",
                     "--stay-open", says="x@y.example")
        self.refused(1, "reply", n, "-m", "Não", "--seen", 99, "--to", "+5511912340001",
                     "--stay-open", says="email")
        self.done("reply", n, "-m", "Quatro", "--seen", 99, "--channel", "whatsapp",
                  "--stay-open")
        self.assertEqual([m["address"].lower() for m in self.show(n)["messages"]],
                         ["maria@exemplo.example", "maria@exemplo.example",
                          "maria@trabalho.example", "maria@trabalho.example",
                          "maria@exemplo.example", "+5511912340001"])
        self.assertIn("to maria@trabalho.example", self.done("show", n).out)

    def test_out_and_in_again(self):
        n = self.new("--attach", "foto.png")
        self.done("receive", n, "-m", "x", "--attach", "nota.txt")
        self.done("drafts", "save", n, "-m", "y", "--attach", "foto.png")
        self.done("preference", "order", "waiting")
        self.done("export", "one.jsonl", as_="root")
        copy = self.place.file("copy.db")
        self.done("init", copy, as_="root")
        self.done("import", "one.jsonl", as_="root", env={"ATENDE_DESK": copy})
        self.done("export", "two.jsonl", as_="root", env={"ATENDE_DESK": copy})
        self.assertEqual(self.place.read("one.jsonl"), self.place.read("two.jsonl"))
        self.done("doctor", as_="root", env={"ATENDE_DESK": copy})
        self.done("backup", "backup.db", as_="root")
        for desk in (copy, self.place.file("backup.db")):
            id_ = self.show(n)["messages"][0]["attachments"][0]["id"]
            out = self.json("attachment", n, id_, "--output", "x.png", env={"ATENDE_DESK": desk})
            self.assertEqual(self.place.read(out["file"]), PNG)
            os.unlink(self.place.file("x.png"))


class Preferences(DeskCase):
    def test_each_has_his_own(self):
        self.assertEqual(self.json("preference")["preferences"],
                         {"order": None, "columns": None, "theme": None, "tour": None})
        self.done("preference", "order", "waiting")
        self.done("preference", "columns", "number,due,subject")
        self.assertEqual(self.done("preference", "order").out, "waiting\n")
        self.assertEqual(self.json("preference", "columns")["value"], "number,due,subject")
        self.assertIsNone(self.json("preference", "order", as_="bruno")["value"])
        self.done("preference", "order", "")
        self.assertIsNone(self.json("preference", "order")["value"])
        self.assertIn("columns", self.done("preference").out)

    def test_refusals(self):
        self.refused(1, "preference", "colour", "red", says="theme")
        self.refused(1, "preference", "colour")
        self.refused(1, "preference", "theme", "pink", says="high-contrast")
        self.refused(1, "preference", "columns", "due,due")
        self.refused(1, "preference", "columns", "due,")
        self.assertIn("theme", self.done("complete", "--", "preference", "t").out)


if __name__ == "__main__":
    tap.main()
