"""The files of the program as the rules see them."""

import os
import re
import subprocess

# What is ours at the top level; builds and anything a user leaves in the clone is not.
FOLDERS = (".ci", "data", "doc", "include", "src", "tests")

COMMENT_OR_TEXT = re.compile(
    r"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL
)


class Tree:
    """A tree in memory: {path: text}. Paths are relative to the top, with slashes. `top` has the
    names at the top level that are under version control; none where that is unknown."""

    def __init__(self, texts, root=None, top=()):
        self.texts = texts
        self.root = root
        self.top = set(top)

    def paths(self, *endings, under=()):
        """Sorted paths with one of the endings (all without) in one of the folders."""
        return sorted(
            path
            for path in self.texts
            if (not endings or path.endswith(endings))
            and (not under or path.startswith(tuple(f"{folder}/" for folder in under)))
        )

    def text(self, path):
        return self.texts[path]


def load(root):
    """The tree on disk; files that are not UTF-8 text are left out (test material)."""
    texts = {}
    for entry in sorted(os.listdir(root)):
        if entry != ".git" and os.path.isfile(os.path.join(root, entry)):
            take(texts, root, entry)
    for top in FOLDERS:
        for folder, folders, names in os.walk(os.path.join(root, top)):
            folders[:] = [name for name in folders if name != "__pycache__"]
            for name in names:
                take(texts, root, os.path.relpath(os.path.join(folder, name), root))
    return Tree(texts, root, tracked(root))


def tracked(root):
    """Names at the top level that git knows; none outside of a clone."""
    try:
        done = subprocess.run(["git", "-C", root, "ls-files", "-z"], capture_output=True, text=True)
    except FileNotFoundError:
        return set()
    return {path.split("/")[0] for path in done.stdout.split("\0") if path}


def take(texts, root, path):
    try:
        with open(os.path.join(root, path), encoding="utf-8", newline="") as file:
            texts[path] = file.read()
    except (UnicodeDecodeError, FileNotFoundError):
        pass


def blank(match):
    return re.sub(r"[^\n]", " ", match.group(0))


def code_of(text):
    """C without comments and texts; lines and columns stay."""
    return COMMENT_OR_TEXT.sub(blank, text)


def comments_of(text):
    """(line, comment) for each comment of C."""
    for match in COMMENT_OR_TEXT.finditer(text):
        if match.group(0).startswith("/"):
            yield line_of(text, match.start()), match.group(0)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def includes_of(text):
    """(line, name, is_ours) for each #include."""
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)', line)
        if found:
            yield number, found.group(2), found.group(1) == '"'
