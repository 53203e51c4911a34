"""The build files: one a folder, sources one a line, sorted and all named; tests registered."""

import os
import re

ENTRY = re.compile(r"^\s*'([^']+)'(?:: .*)?,$")


def runs_of(text):
    """Runs of neighbouring lines that hold one quoted name each."""
    run = []
    for number, line in enumerate(text.splitlines(), 1):
        found = ENTRY.match(line)
        if found:
            run.append((number, found.group(1)))
        elif run:
            yield run
            run = []
    if run:
        yield run


def is_list_of_files(run):
    return all(re.fullmatch(r"[\w./-]+\.(c|h|scd)", name) for _, name in run)


DECLARED = "include/cli/commands.h"
LISTED = "src/cli/commands.c"


def unlisted_commands(tree):
    """A command that is written and not in the table is never run, and nobody else would tell."""
    listed = tree.texts.get(LISTED, "")
    for name in re.findall(r"\bcommand_[a-z_]+\b", tree.texts.get(DECLARED, "")):
        if not re.search(rf"&{name}\b", listed):
            yield f"{DECLARED}: {name} is not listed in {LISTED}"


def check(tree):
    yield from unlisted_commands(tree)
    for path in tree.paths("meson.build"):
        text = tree.text(path)
        for run in runs_of(text):
            names = [name for _, name in run]
            if is_list_of_files(run) and names != sorted(names):
                first = next(i for i, name in enumerate(sorted(names)) if name != names[i])
                yield f"{path}:{run[first][0]}: not sorted"
    for path in tree.paths(".c"):
        folder, name = os.path.split(path)
        build = f"{folder}/meson.build"
        stem = re.sub(r"^(test|fuzz|bench)_|\.c$", "", name)
        stem = re.sub(r"\.c$", "", stem)
        text = tree.texts.get(build)
        if text is None:
            yield f"{path}: its folder has no meson.build"
        elif f"'{name}'" not in text and f"'{stem}'" not in text:
            yield f"{path}: not named in {build}"
