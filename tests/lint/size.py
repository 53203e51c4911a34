"""Long functions and long files: past the measure only with a reason in long.txt."""

import re

from tree import code_of

FUNCTION_LINES = 60
FILE_LINES = 500
REASONS = "tests/lint/long.txt"

# The tree is clang-formatted: a body is all that opens with a brace alone in the first column.
BODY = re.compile(r"^([^\s#}].*?)\n\{\n(.*?)^\}$", re.MULTILINE | re.DOTALL)
NAME = re.compile(r"(\w+)\s*\(")


def functions_of(text):
    """(name, lines from brace to brace) for each function of a C file."""
    for body in BODY.finditer(code_of(text)):
        header = body.group(1)
        signature = header[header.rfind("\n\n") + 1 :]
        name = NAME.search(signature)
        yield name.group(1) if name else signature.strip(), body.group(2).count("\n") + 2


def measure(tree):
    files = []
    functions = []
    for path in tree.paths(".c", ".h", ".py"):
        text = tree.text(path)
        files.append((text.count("\n"), path))
        if path.endswith(".c"):
            functions += [(lines, f"{path}:{name}") for name, lines in functions_of(text)]
    return sorted(files, reverse=True), sorted(functions, reverse=True)


def reasons_of(tree):
    """{file or file:function: reason}"""
    reasons = {}
    for line in tree.texts.get(REASONS, "").splitlines():
        if line and not line.startswith("#"):
            place, _, reason = line.partition(" ")
            reasons[place] = reason.strip()
    return reasons


def check(tree):
    files, functions = measure(tree)
    reasons = reasons_of(tree)
    long = [(lines, place, FILE_LINES) for lines, place in files if lines > FILE_LINES]
    long += [(lines, place, FUNCTION_LINES) for lines, place in functions if lines > FUNCTION_LINES]
    for lines, place, most in long:
        if not reasons.get(place):
            yield f"{place}: {lines} lines, {most} at most; split it, or give a reason in {REASONS}"
    for place in reasons.keys() - {place for _, place, _ in long}:
        yield f"{REASONS}: {place} is not long (any more)"


def report(tree):
    files, functions = measure(tree)
    reasons = reasons_of(tree)
    for title, rows, most in (
        ("The 10 longest files", files[:10], FILE_LINES),
        ("The 50 longest functions", functions[:50], FUNCTION_LINES),
    ):
        print(f"{title} (at most {most} lines)")
        for lines, place in rows:
            print(f"  {lines:5}  {place}  {reasons.get(place, '')}".rstrip())
    lengths = sorted(lines for lines, _ in functions)
    if lengths:
        median = lengths[len(lengths) // 2]
        ninth = lengths[len(lengths) * 9 // 10]
        print(f"{len(lengths)} functions, median {median} lines, 9 in 10 up to {ninth}")
