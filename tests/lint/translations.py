"""Every text that people see is translated, and with the same places for its arguments."""

import os
import re
import subprocess

PLACES = re.compile(r"\{\d\}|%(?:\d+\$)?[-+ #0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:ll|l|z|j|h)?[a-zA-Z%]")
MARKED = re.compile(r"\b(_|N_|P_|NP_|ngettext)\(")
LINE = re.compile(r'^(msgid|msgid_plural|msgctxt|msgstr(?:\[\d\])?)?\s*"(.*)"$')
KEYWORDS = ("_", "N_", "P_:1,2", "NP_:1,2")


def unquote(text):
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m.group(1), m.group(1)), text)


def entries_of(text):
    """Entries of a catalogue: {"msgid": …, "msgstr": …, "fuzzy": …}; the header is left out."""
    for block in re.split(r"\n\s*\n", text):
        entry = {"fuzzy": False}
        field = None
        for line in block.splitlines():
            if line.startswith("#,") and "fuzzy" in line:
                entry["fuzzy"] = True
            found = LINE.match(line)
            if found:
                field = found.group(1) or field
                entry[field] = entry.get(field, "") + unquote(found.group(2))
        if entry.get("msgid"):
            yield entry


def faults_of(entry):
    source = entry["msgid"]
    texts = [text for field, text in entry.items() if field.startswith("msgstr")]
    if entry["fuzzy"]:
        yield "fuzzy"
    for text in texts:
        if not text:
            yield "not translated"
            continue
        plural = entry.get("msgid_plural", source)
        places = sorted(PLACES.findall(text))
        if places not in (sorted(PLACES.findall(source)), sorted(PLACES.findall(plural))):
            yield f"other arguments: {text}"
        if edges_of(text) != edges_of(source):
            yield f"begins or ends otherwise: {text}"


def edges_of(text):
    """White space at both ends, and the closing sign: they hold sentences and columns together."""
    end = re.search(r"[.:…?!]*\s*$", text).group(0)
    return re.match(r"\s*", text).group(0), end


def check_catalogue(path, text, marked):
    known = {}
    for entry in entries_of(text):
        known[entry["msgid"]] = entry
        for fault in faults_of(entry):
            yield f"{path}: \"{entry['msgid']}\": {fault}"
    for missing in sorted(marked - known.keys()):
        yield f'{path}: "{missing}": missing; run data/po/update'
    for left in sorted(known.keys() - marked):
        yield f'{path}: "{left}": no longer used; run data/po/update'


def marked_files(tree):
    """Sources with a text marked for translation, by the same measure as data/po/update."""
    return [path for path in tree.paths(".c", ".h", under=("src", "include"))
            if MARKED.search(tree.text(path))]


def marked_texts(tree):
    """The texts that xgettext finds in the sources on disk."""
    command = ["xgettext", "--from-code=UTF-8", "--language=C", "--output=-"]
    command += [f"--keyword={keyword}" for keyword in KEYWORDS]
    run = subprocess.run(command + marked_files(tree), cwd=tree.root, check=True,
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                         env={**os.environ, "LC_ALL": "C.UTF-8"})
    return {entry["msgid"] for entry in entries_of(run.stdout.decode())}


def check_potfiles(tree):
    if tree.texts.get("data/po/POTFILES", "").split() != marked_files(tree):
        yield "data/po/POTFILES: not the files with marked texts; run data/po/update"


def check(tree):
    yield from check_potfiles(tree)
    marked = marked_texts(tree)
    for language in tree.text("data/po/LINGUAS").split():
        path = f"data/po/{language}.po"
        yield from check_catalogue(path, tree.text(path), marked)
