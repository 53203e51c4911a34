"""What a person has set up: atende.conf, keys.conf, and what is said about mistakes in them."""

import os
import unittest

import tap
from desk import Place


class Config(unittest.TestCase):
    def setUp(self):
        self.place = Place()
        self.addCleanup(self.place.close)
        os.makedirs(os.path.join(self.place.path, ".config", "atende"))

    def write(self, name, content, folder=".config/atende"):
        self.place.file(os.path.join(folder, name), content)

    def keys(self, *more, **how):
        return self.place.run("keys", *more, desk=False, **how)

    def test_keys_in_force(self):
        usual = self.keys("--json").json["keys"]
        self.assertIn({"screen": "queue", "command": "claim", "keys": "c",
                       "summary": "take the ticket: nobody else answers it"}, usual)
        self.write("keys.conf", "# mine\nclaim = F5, Comma\n[ticket]\nclaim += c ; too\n")
        result = self.keys()
        self.assertRegex(result.out, r"(?m)^queue +claim +F5, Comma ")
        self.assertRegex(result.out, r"(?m)^ticket +claim +F5, Comma, c ")

    def test_another_folder(self):
        self.write("keys.conf", "claim = F6\n", folder="")
        result = self.keys(env={"ATENDE_CONFIG": self.place.path})
        self.assertRegex(result.out, r"(?m)^queue +claim +F6 ")

    def test_mistakes_name_file_and_line(self):
        for content, line, says in (
            ("claim = F5\nclam = F6\n", 2, "no command clam"),
            ("[ticket]\n\nclaim = r\n", 3, "r of claim is in the way of r (reply)"),
            ("claim = ~\n", 1, "dead key"),
            ("claim\n", 1, "correct this line"),
            ("# " + "x" * 300 + "\n", 1, "too long"),
        ):
            with self.subTest(content):
                self.write("keys.conf", content)
                result = self.keys()
                self.assertEqual((result.status, result.out), (2, ""))
                self.assertIn(f"{self.place.path}/.config/atende/keys.conf:{line}", result.err)
                self.assertIn(says, result.err)

    def test_a_mistake_in_keys_is_none_of_the_desk(self):
        self.write("keys.conf", "clam = F6\n")
        self.assertEqual(self.place.run("init", self.place.desk, as_="root").status, 0)
        self.assertEqual(self.place.run("queue", as_="root").status, 0)

    def test_nothing_goes_to_another_machine_for_all_to_read(self):
        # What would go out shows by who asks for it: nobody listens there.
        far = {"http_proxy": "http://127.0.0.1:1", "ATENDE_TOKEN": "atd_geheim"}
        for command in (("queue",), ("sign-in",), ("token", "list"), ("operator", "password")):
            with self.subTest(command):
                result = self.place.run("--desk", "http://desk.invalid", *command, desk=False,
                                        env=far, input="password\n")
                self.assertEqual((result.status, result.out), (1, ""))
                self.assertIn("use https://", result.err)
                self.assertIn("insecure = yes in atende.conf", result.err)
                self.assertNotIn("geheim", result.err)
        self.write("atende.conf", "insecure = yes\n")
        result = self.place.run("--desk", "http://desk.invalid", "queue", desk=False, env=far)
        self.assertEqual(result.status, 6)
        self.assertNotIn("geheim", result.err)


if __name__ == "__main__":
    tap.main()
