"""Each promise of tests/screens/coverage.txt is cited by a test, or named as not yet covered."""

import re

LIST = "tests/screens/coverage.txt"
UNCOVERED = "tests/screens/uncovered.txt"
CITES = re.compile(r"^\s*(?:/?\*\s*|#\s*)?covers:\s(.*)$")


def ids_of(text):
    """(line, id) of each line that is neither empty nor a remark."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.split()[0]


def cited_ids(tree):
    """(path, line, id) of each `covers: ID …` in a test."""
    for path in tree.paths(".c", ".h", ".txt", ".py", under=("tests",)):
        for number, line in enumerate(tree.text(path).splitlines(), 1):
            if path in (LIST, UNCOVERED) or path.startswith("tests/lint/"):
                continue
            found = CITES.match(line)
            for name in found.group(1).replace("*/", "").replace(",", " ").split() if found else ():
                yield path, number, name


def check(tree):
    known = {name for _, name in ids_of(tree.texts.get(LIST, ""))}
    open_ids = dict((name, line) for line, name in ids_of(tree.texts.get(UNCOVERED, "")))
    cited = set()
    for path, line, name in cited_ids(tree):
        cited.add(name)
        if name not in known:
            yield f"{path}:{line}: {name} is not in {LIST}"
    lines = tree.texts.get(UNCOVERED, "").splitlines()
    for name, line in open_ids.items():
        if name not in known:
            yield f"{UNCOVERED}:{line}: {name} is not in {LIST}"
        if name in cited:
            yield f"{UNCOVERED}:{line}: a test covers {name}: take the line out"
        if len(lines[line - 1].split()) < 2:
            yield f"{UNCOVERED}:{line}: {name} has no reason behind it"
    for name in sorted(known - cited - set(open_ids)):
        yield f"{LIST}: no test covers {name}"
