"""How a source file is written: names, guards, comments, functions that are not to be used."""

import re

from tree import code_of, comments_of, includes_of, line_of

FUNCTIONS = (
    "strcpy strcat sprintf vsprintf strtok strtok_r gets strncpy strncat alloca atoi atol atoll "
    "tmpnam mktemp rand srand system popen usleep sleep setjmp longjmp"
).split()
# Tests: the harness tears children down by cmocka's own jumps, never by these.
CALLS = re.compile(r"(?<![\w.>])(%s)\s*\(" % "|".join(FUNCTIONS))

WORDS = re.compile(r"\b(TODO|FIXME|HACK|WIP)\b|\bXXX:|\bnot (yet )?implemented\b", re.IGNORECASE)
MACHINE = re.compile(r"(?<![\w.])/(work|root|home/\w+|Users/\w+|tmp/\w+)\b|\.\./shared\b")
BANNER = re.compile(r"[*=#~_-]{4,}")
COMMENTED_OUT = re.compile(r"^[\s/*]*(\w+\(.*\);|return\b.*;|(if|for|while) \(.*\) \{)\s*$")


def guard_of(path):
    inner = re.sub(r"^(include|src)/", "", path)
    return "ATENDE_" + re.sub(r"\W", "_", inner).upper()


def guards(path, text):
    wanted = guard_of(path)
    if not re.match(rf"#ifndef {wanted}\n#define {wanted}\n", text) or not re.search(
        r"\n#endif\n\Z", text
    ):
        yield f"{path}: the header guard is not {wanted}"


def comments(path, text):
    for line, comment in comments_of(text):
        if comment.startswith("//"):
            yield f"{path}:{line}: // comment; write /* */"
        elif BANNER.search(comment):
            yield f"{path}:{line}: a banner"
        for row in comment.splitlines():
            if COMMENTED_OUT.match(row.rstrip("*/ ")):
                yield f"{path}:{line}: commented-out code"


def statements(path, text):
    code = code_of(text)
    for found in CALLS.finditer(code):
        yield f"{path}:{line_of(code, found.start())}: {found.group(1)} is not used here"
    for found in re.finditer(r"^[ \t]*typedef\b[^;{]*[;{]", code, re.MULTILINE):
        if "(" not in found.group(0):
            yield f"{path}:{line_of(code, found.start())}: typedef of something not a callback"
    for found in re.finditer(r"\bNDEBUG\b|__attribute__\(\(constructor", code):
        yield f"{path}:{line_of(code, found.start())}: {found.group(0)} is not used here"


def own_header_first(path, text):
    own = re.sub(r"^src/(.*)\.c$", r"\1.h", path)
    names = [name for _, name, _ in includes_of(text)]
    if own in names[1:]:
        yield f"{path}: its own header is not the first include"


def lines(path, text):
    for number, line in enumerate(text.splitlines(), 1):
        if MACHINE.search(line):
            yield f"{path}:{number}: a path of one machine"
        if WORDS.search(line):
            yield f"{path}:{number}: {WORDS.search(line).group(0)}: finish it or file an issue"
        if len(line.expandtabs(8)) > 100 and path.endswith((".c", ".h", ".py", ".build")):
            yield f"{path}:{number}: more than 100 columns"
        if line.rstrip("\r\n") != line.rstrip() and not path.endswith((".md", ".po", ".scd")):
            yield f"{path}:{number}: blanks at the end"
    if text and not text.endswith("\n"):
        yield f"{path}: no newline at the end"
    if "\r" in text:
        yield f"{path}: carriage returns"


def check(tree):
    for path in tree.paths(".c", ".h"):
        text = tree.text(path)
        yield from comments(path, text)
        yield from statements(path, text)
        if path.endswith(".h"):
            yield from guards(path, text)
        else:
            yield from own_header_first(path, text)
    for path in tree.paths():
        if not path.startswith("tests/lint/") and not is_material(path):
            yield from lines(path, tree.text(path))


def is_material(path):
    """Input of tests and people's texts, which may hold anything."""
    return bool(re.match(r"tests/\w+/(corpus|material|data)/", path)) or path == "LICENSE"
