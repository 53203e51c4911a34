"""Who may include whom, and where each foreign library is at home."""

import re

from tree import code_of, includes_of, line_of

MAY_INCLUDE = {
    "base": {"base"},
    "core": {"base", "core"},
    "codec": {"base", "core", "codec"},
    "net": {"base", "net"},
    "store": {"base", "core", "codec", "net", "store"},
    "service": {"base", "core", "codec", "net", "store", "service"},
    "httpd": {"base", "core", "codec", "store", "service", "httpd"},
    "tui": {"base", "core", "tui"},
    "cli": {"base", "core", "codec", "store", "service", "cli"},
    "atende": {"base", "core", "store", "tui", "cli", "atende"},
    "atended": {"base", "core", "codec", "net", "store", "service", "httpd", "atended"},
}

# All there is at the top level, apart from dot files.
TOP = {"LICENSE", "README.md", "data", "doc", "include", "meson.build", "meson_options.txt", "src",
       "tests"}

# Header (or its folder): where it may be included. Tests may include what they test with.
HOMES = {
    r"(n?curses|term|panel)\.h": ("src/tui/term.c", "src/tui/term_input.c"),
    r"sqlite3.*\.h": ("src/store/",),
    r"(cjson/|cJSON).*": ("src/codec/",),
    r"curl/.*": ("src/net/",),
    r"sodium.*\.h": ("src/base/secret.c",),
    r"utf8proc\.h": ("src/base/text.c",),
    r"ini\.h": ("src/base/config.c",),
    r"gnutls/.*": ("src/httpd/certificate.c", "include/httpd/certificate.h"),
    r"zlib\.h": ("src/httpd/pack.c",),
    r"microhttpd\.h": ("src/httpd/", "include/httpd/"),
    r"talloc\.h": ("include/base/mem.h",),
    r"libintl\.h": ("src/tui/", "src/cli/", "include/tui/", "include/cli/", "src/base/language.c"),
    r"(pthread|threads|semaphore)\.h": (
        "src/base/", "src/net/", "src/store/", "src/service/", "src/httpd/", "src/atende/",
        "src/atended/", "include/base/", "include/store/", "include/service/", "include/httpd/", "include/atende/",
    ),
}

# What a layer must not call: the reason, the names, and the files that are excepted.
FORBIDDEN_CALLS = {
    "core": (
        "core reads no clock and does no I/O",
        r"clock_now|clock_system|clock_monotonic|clock_gettime|gettimeofday|time|sleep|usleep"
        r"|nanosleep|fopen|open|openat|read|write|printf|fprintf|puts|fputs|getenv|system|popen",
        (),
    ),
    "tui": (
        "tui does no I/O outside of term.c",
        r"fopen|open|openat|read|write|printf|fprintf|puts|fputs|system|popen|poll|select|sleep"
        r"|usleep|nanosleep|clock_now|clock_system|clock_monotonic|clock_gettime|gettimeofday",
        ("src/tui/term.c", "src/tui/term_input.c"),
    ),
}

HOME_OF_WAITS = "src/base/condition.c"

TRANSLATING = r"\b(gettext|dgettext|dcgettext|ngettext|dngettext|_|P_)\s*\("
TRANSLATORS = ("tui", "cli")


def layer_of(path):
    parts = path.split("/")
    return parts[1] if parts[0] in ("src", "include") and len(parts) > 2 else None


def included_layers(tree, path, layer):
    for line, name, is_ours in includes_of(tree.text(path)):
        other = name.split("/")[0] if "/" in name else layer
        if is_ours and other in MAY_INCLUDE and other not in MAY_INCLUDE[layer]:
            yield f"{path}:{line}: {layer} must not include {name}"


def foreign_homes(tree, path):
    for line, name, is_ours in includes_of(tree.text(path)):
        for header, homes in HOMES.items():
            if not is_ours and re.fullmatch(header, name) and not path.startswith(homes):
                yield f"{path}:{line}: <{name}> is at home in {', '.join(homes)} alone"


def calls(tree, path, layer):
    code = code_of(tree.text(path))
    if layer in FORBIDDEN_CALLS:
        reason, names, excepted = FORBIDDEN_CALLS[layer]
        if path not in excepted:
            for found in re.finditer(rf"(?<![\w.>])({names})\s*\(", code):
                yield f"{path}:{line_of(code, found.start())}: {found.group(1)}: {reason}"
    if layer not in TRANSLATORS:
        for found in re.finditer(TRANSLATING, code):
            yield f"{path}:{line_of(code, found.start())}: only tui and cli translate, mark with N_"


def own_features(tree, path):
    for number, line in enumerate(code_of(tree.text(path)).splitlines(), 1):
        if re.search(r"\b_(GNU|DEFAULT|BSD)_SOURCE\b", line) and path != "src/base/os.c":
            yield f"{path}:{number}: only src/base/os.c asks for more than POSIX"


def own_waits(tree, path):
    if not path.startswith("src/"):
        return
    for number, line in enumerate(code_of(tree.text(path)).splitlines(), 1):
        if "pthread_cond_timedwait" in line and path != HOME_OF_WAITS:
            yield f"{path}:{number}: waiting by a clock that may be set; base/condition.h does not"


def top_level(tree):
    for name in sorted(tree.top):
        if name not in TOP and not name.startswith("."):
            yield f"{name}: nothing but {', '.join(sorted(TOP))} is at the top level"


def check(tree):
    yield from top_level(tree)
    for path in tree.paths(".c", ".h", under=("src", "include")):
        layer = layer_of(path)
        if layer not in MAY_INCLUDE:
            yield f"{path}: the folder is in no layer; design it into tests/lint/layers.py"
            continue
        yield from included_layers(tree, path, layer)
        yield from foreign_homes(tree, path)
        yield from calls(tree, path, layer)
    for path in tree.paths(".c", ".h"):
        yield from own_features(tree, path)
        yield from own_waits(tree, path)
    for path in tree.paths("meson.build"):
        if re.search(r"_GNU_SOURCE|_DEFAULT_SOURCE", tree.text(path)):
            yield f"{path}: only src/base/os.c asks for more than POSIX"
