"""doc/openapi.yaml: is it sound, and is it the server's table of routes?

Takes the program that prints the table, and the file."""

import re
import shutil
import subprocess
import sys
import unittest

import jsonschema

from openapi import METHODS, Description, nodes

sys.path.insert(0, __file__.rsplit("/", 2)[0] + "/cli")
import tap  # noqa: E402

PRINT_ROUTES, FILE = sys.argv.pop(1), sys.argv.pop(1)
DESCRIPTION = Description(FILE)
DOCUMENT = DESCRIPTION.document
OPERATIONS = list(DESCRIPTION.operations())


def content_types(node):
    return set(node.get("content", ()))


class Sound(unittest.TestCase):
    def test_version_and_methods(self):
        self.assertEqual(DOCUMENT["openapi"], "3.1.0")
        for item in DOCUMENT["paths"].values():
            self.assertLessEqual(set(item), set(METHODS))

    def test_references(self):
        used = set()
        for path, node in nodes(DOCUMENT):
            if isinstance(node, dict) and isinstance(node.get("$ref"), str):
                with self.subTest(path):
                    DESCRIPTION.resolve(node)
                    used.add(node["$ref"])
        kinds = ("schemas", "parameters", "responses", "headers")
        there = {f"#/components/{kind}/{name}" for kind in kinds
                 for name in DOCUMENT["components"][kind]}
        self.assertEqual(there - used, set(), "nothing refers to these")

    def test_operations(self):
        tags = {tag["name"] for tag in DOCUMENT["tags"]}
        ids = [operation["operationId"] for _, _, operation in OPERATIONS]
        self.assertEqual(len(ids), len(set(ids)))
        for method, path, operation in OPERATIONS:
            with self.subTest(f"{method} {path}"):
                self.assertTrue(operation["summary"])
                self.assertLessEqual(set(operation["tags"]), tags)
                self.assertIn("4XX", operation["responses"])
                in_path = DESCRIPTION.parameters(operation, "path")
                self.assertEqual(re.findall(r"{(\w+)}", path), list(in_path))
                self.assertTrue(all(one["required"] for one in in_path.values()))

    def test_keys(self):
        """What is no key of a thing is a slip of the pen: a comma, a blank too many."""
        allowed = {
            "tag": {"name", "description"},
            "operation": {"operationId", "tags", "summary", "description", "security", "x-role",
                          "parameters", "requestBody", "responses"},
            "parameter": {"name", "in", "required", "description", "schema"},
            "response": {"description", "headers", "content"},
        }
        found = [("tag", tag) for tag in DOCUMENT["tags"]]
        for _, _, operation in OPERATIONS:
            found.append(("operation", operation))
            found += [("response", DESCRIPTION.resolve(one))
                      for one in operation["responses"].values()]
        found += [("parameter", one) for one in DOCUMENT["components"]["parameters"].values()]
        for kind, thing in found:
            self.assertLessEqual(set(thing), allowed[kind], thing)

    def test_schemas(self):
        for path, node in nodes(DOCUMENT["components"]["schemas"]):
            if isinstance(node, dict) and node.get("type") == "object":
                with self.subTest(path):
                    jsonschema.Draft202012Validator.check_schema(node)
                    missing = set(node.get("required", ())) - set(node.get("properties", ()))
                    self.assertEqual(missing, set())

    def test_examples(self):
        found = 0
        for path, node in nodes(DOCUMENT):
            if isinstance(node, dict) and "example" in node and "schema" in node:
                with self.subTest(path):
                    found += 1
                    self.assertIsNone(DESCRIPTION.fault(node["schema"], node["example"]))
        self.assertGreater(found, 5)

    def test_foreign_linter(self):
        """Redocly's, where somebody has installed it (npm, @redocly/cli)."""
        linter = shutil.which("redocly")
        if not linter:
            self.skipTest("redocly is not installed")
        result = subprocess.run([linter, "lint", FILE], capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)


class Table(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        lines = subprocess.run([PRINT_ROUTES], capture_output=True, text=True, check=True).stdout
        rows = (line.split("\t") for line in lines.splitlines())
        cls.routes = {(row[0], row[1]): row[2:] for row in rows}

    def each(self):
        for method, path, operation in OPERATIONS:
            with self.subTest(f"{method} {path}"):
                yield operation, self.routes.get((method, path), [""] * 5)

    def test_same_routes(self):
        self.assertEqual({(method, path) for method, path, _ in OPERATIONS}, set(self.routes))

    def test_access(self):
        for operation, (access, role, *_) in self.each():
            self.assertEqual("open" if operation.get("security") == [] else "known", access)
            self.assertEqual(operation.get("x-role", ""), role)

    def test_query(self):
        for operation, (_, _, query, *_) in self.each():
            self.assertEqual(set(DESCRIPTION.parameters(operation, "query")), set(query.split()))

    def test_bodies(self):
        for operation, (_, _, _, body, _) in self.each():
            self.assertEqual(content_types(operation.get("requestBody", {})), set(body.split()))

    def test_answers(self):
        for operation, (_, _, _, _, gives) in self.each():
            answer = DESCRIPTION.response(operation, 200)
            if answer:
                self.assertEqual(content_types(answer), set(gives.split()))
            else:
                self.assertIn("204", operation["responses"])


if __name__ == "__main__":
    tap.main()
