"""atende(5) names every key, setting, variable and term that the program knows, and no other;
atended(8) the variables of the server."""

import re

MANUAL = "doc/atende.5.scd"
SERVER_MANUAL, SERVER = "doc/atended.8.scd", "src/atended/"

# What the program knows, by where it says so: (file, pattern, section that lists it alone).
SOURCES = (
    ("src/base/profile.c", r'\{"", *"(\w+)", *CONFIG_', "CONFIGURATION"),
    ("src/core/settings.c", r'\{"(\w+)", *SETTING_', "SETTINGS OF A DESK"),
    ("src/core/preference.c", r'\{"(\w+)", *&\w+_names', "PREFERENCES"),
    ("src/core/filter_parse.c", r'\{"(\w+)", *TERM_', None),
    ("src/core/name.c", r'(?:channel|ticket_state|priority)_words\[\] = \{([^}]*)\}', None),
)
VARIABLE = re.compile(r'getenv\(\s*"([A-Z_]+)"')
# Not ours to explain: others' manuals do.
OTHERS = {"HOME", "PATH", "TERM", "COLUMNS", "LINES", "XDG_CONFIG_HOME", "XDG_DATA_HOME",
          "XDG_STATE_HOME", "TMPDIR", "SSH_CONNECTION", "SSH_TTY", "LC_CTYPE"}


def known(tree, path, pattern):
    for found in re.findall(pattern, tree.texts.get(path, "")):
        quoted = re.findall(r'"(\w+)"', found)
        yield from quoted or [found]


def variables(tree, server):
    for path in tree.paths(".c", under=("src",)):
        if path.startswith(SERVER) == server:
            yield from VARIABLE.findall(tree.text(path))


def section_of(manual, title):
    found = re.search(rf"^# {title}\n(.*?)(?=^# |\Z)", manual, re.MULTILINE | re.DOTALL)
    return found.group(1) if found else ""


def heads_of(section):
    """Names that begin an entry: *name* at the start of a line that an indented one follows."""
    return set(re.findall(r"^\*(\w+)\*[^\n]*\n\t", section, re.MULTILINE))


def check(tree):
    manual = tree.texts.get(MANUAL, "")
    for path, pattern, title in SOURCES:
        names = set(known(tree, path, pattern))
        for name in sorted(names):
            if not re.search(rf"\*{name}[:*<>]", manual):
                yield f"{MANUAL}: {name} of {path} is missing"
        if title and names:
            for name in sorted(heads_of(section_of(manual, title)) - names):
                yield f"{MANUAL}: {name} is not in {path}"
    for path, server in ((MANUAL, False), (SERVER_MANUAL, True)):
        for name in sorted(set(variables(tree, server)) - OTHERS):
            if f"*{name}*" not in tree.texts.get(path, ""):
                yield f"{path}: the variable {name} is missing"
