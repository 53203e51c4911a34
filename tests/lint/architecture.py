"""Every file and function that doc/architecture.md names exists, and where it says."""

import re

DOCUMENT = "doc/architecture.md"
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"^(?:\.ci|data|doc|include|src|tests)/[\w./-]+$")
NAME = re.compile(r"^[a-z]+(?:_[a-z]+)+$|^(?:turn|perform|draw|look|sent)$")
# `function` (`file`: remark), possibly over a line end
PLACED = re.compile(r"`([a-z_]+)`[,:]?\s+\(`([\w./-]+)`")
TESTS = ((re.compile(r"^tests/store/(?:test_)?(\w+)\.c$"), r"sqlite_\1"),
         (re.compile(r"^tests/(cli)/test_(\w+)\.py$"), r"\1_\2"),
         (re.compile(r"^tests/http/test_(\w+)\.py$"), r"httpd_\1"),
         (re.compile(r"^tests/http/test_(\w+)\.py$"), r"server_\1"))
PLACED_INSIDE = re.compile(r"\(`([a-z_]+)`,\s+`([\w./-]+)`")


def check(tree):
    text = tree.texts.get(DOCUMENT, "")
    sources = tree.paths(".c", ".h", under=("src", "include", "tests"))
    words = set()
    for path in sources:
        words.update(re.findall(r"\w+", tree.text(path)))
    for pattern, name in TESTS:
        words.update(pattern.sub(name, path) for path in tree.paths(".c", ".py", under=("tests",)))
    folders = {path.rsplit("/", 1)[0] for path in tree.texts}
    for name in sorted(set(CODE.findall(text))):
        if PATH.match(name) and name not in tree.texts and name not in folders:
            yield f"{DOCUMENT}: there is no {name}"
        elif NAME.match(name) and name not in words:
            yield f"{DOCUMENT}: nothing is called {name}"
    for name, path in PLACED.findall(text) + PLACED_INSIDE.findall(text):
        if path in tree.texts and not re.search(rf"\b{name}\b", tree.text(path)):
            yield f"{DOCUMENT}: {name} is not in {path}"
