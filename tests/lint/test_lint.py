"""Breaks each rule once and sees that it complains, and that the same tree unbroken passes."""

import os
import sys
import tempfile
import unittest

import architecture
import buildfiles
import coverage
import layers
import manual
import size
import source
import tools
import translations
from tree import Tree, load

HEADER = "#ifndef ATENDE_CORE_A_H\n#define ATENDE_CORE_A_H\n\n%s\n#endif\n"
LONG_BODY = "int f(void)\n{\n%s}\n"
CATALOGUE = '''msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#: src/a.c
msgid "{0} took {1} "
msgstr "{0} pegou {1} "
'''
MARKED = {"{0} took {1} "}


def complaints(check, texts):
    return list(check(Tree(texts)))


class Architecture(unittest.TestCase):
    TREE = {"src/core/a.c": "int rule_a(void);\n", "src/core/b.c": ""}

    def count(self, text):
        return len(complaints(architecture.check, {"doc/architecture.md": text, **self.TREE}))

    def test_what_is_named_exists(self):
        self.assertEqual(self.count("`rule_a` (`src/core/a.c`), `src/core`"), 0)
        self.assertEqual(self.count("`src/core/c.c`"), 1)
        self.assertEqual(self.count("`rule_b`"), 1)
        self.assertEqual(self.count("`rule_a` (`src/core/b.c`: why)"), 1)
        self.assertEqual(self.count("(`rule_a`,\n`src/core/b.c`)"), 1)


class Coverage(unittest.TestCase):
    def count(self, cited, uncovered=""):
        return len(complaints(coverage.check, {
            coverage.LIST: "# keys\nkey.a  does this\nkey.b\n",
            coverage.UNCOVERED: uncovered,
            "tests/screens/scripts/a.txt": cited,
        }))

    def test_each_is_cited_or_named(self):
        self.assertEqual(self.count("covers: key.a, key.b\n"), 0)
        self.assertEqual(self.count("/* covers: key.a */\n", "key.b  no way to\n"), 0)
        self.assertEqual(self.count("covers: key.a\n"), 1)
        self.assertEqual(self.count("covers: key.a key.b key.c\n"), 1)
        self.assertEqual(self.count("covers: key.a key.b\n", "key.c  why\n"), 1)
        self.assertEqual(self.count("covers: key.a\n", "key.b\n"), 1)
        self.assertEqual(self.count("covers: key.a key.b\n", "key.b  no way to\n"), 1)


class Layers(unittest.TestCase):
    def breaks(self, path, text):
        self.assertEqual(len(complaints(layers.check, {path: text})), 1, text)

    def passes(self, path, text):
        self.assertEqual(complaints(layers.check, {path: text}), [])

    def test_who_may_include_whom(self):
        self.breaks("src/core/a.c", '#include "store/store.h"\n')
        self.breaks("include/tui/a.h", '#include "store/store.h"\n')
        self.breaks("src/atende/a.c", '#include "codec/json.h"\n')
        self.breaks("src/other/a.c", "")
        self.breaks("src/net/a.c", '#include "codec/json.h"\n')
        self.breaks("src/httpd/a.c", '#include "net/http.h"\n')
        self.breaks("src/service/a.c", '#include "httpd/route.h"\n')
        self.passes("src/store/a.c", '#include "codec/json.h"\n#include "private.h"\n')
        self.passes("src/atended/a.c", '#include "net/http.h"\n#include "httpd/server.h"\n')

    def test_top_level(self):
        for name, count in (("tools", 1), ("Makefile", 1), ("src", 0), (".ci", 0)):
            self.assertEqual(len(list(layers.check(Tree({}, top=[name])))), count, name)

    def test_homes(self):
        self.breaks("src/cli/a.c", "#include <sqlite3.h>\n")
        self.breaks("src/tui/view.c", "#include <ncurses.h>\n")
        self.breaks("src/store/a.c", "#include <cjson/cJSON.h>\n")
        self.breaks("src/core/a.c", "#include <utf8proc.h>\n")
        self.breaks("src/base/a.c", "#include <ini.h>\n")
        self.breaks("src/store/a.c", "#include <curl/curl.h>\n")
        self.breaks("src/service/a.c", "#include <microhttpd.h>\n")
        self.breaks("src/service/a.c", "#include <sodium.h>\n")
        self.breaks("src/store/a.c", "#include <libintl.h>\n")
        self.breaks("src/tui/a.c", "#include <pthread.h>\n")
        self.passes("src/tui/term.c", "#include <ncurses.h>\n")

    def test_calls(self):
        self.breaks("src/core/a.c", "int64_t at = clock_now(c);\n")
        self.breaks("src/core/a.c", 'printf("x");\n')
        self.breaks("src/tui/view.c", "read(fd, b, n);\n")
        self.breaks("src/store/a.c", 'gettext("a");\n')
        self.passes("src/tui/term.c", "read(fd, b, n);\n")
        self.passes("src/core/a.c", "x->read(y); /* read(fd) */ thread_read(z);\n")

    def test_features(self):
        self.breaks("src/store/a.c", "#define _GNU_SOURCE\n")
        self.breaks("src/core/meson.build", "c_args: '-D_GNU_SOURCE'\n")
        self.passes("src/base/os.c", "#define _GNU_SOURCE\n")

    def test_waits(self):
        self.breaks("src/store/a.c", "pthread_cond_timedwait(&c, &l, &end);\n")
        self.passes("src/base/condition.c", "pthread_cond_timedwait(&c, &l, &end);\n")


class Source(unittest.TestCase):
    def breaks(self, text, path="src/core/b.c"):
        self.assertNotEqual(complaints(source.check, {path: text}), [], text)

    def passes(self, text, path="src/core/b.c"):
        self.assertEqual(complaints(source.check, {path: text}), [])

    def test_guards(self):
        self.passes(HEADER % "int a(void);", "include/core/a.h")
        self.breaks(HEADER % "int a(void);", "include/core/b.h")
        self.breaks("int a(void);\n", "include/core/a.h")

    def test_functions(self):
        for name in source.FUNCTIONS:
            self.breaks(f"\t{name}(a);\n")
        self.passes("\tx->system(a); /* strcpy(a) */ my_system(a); filesystem(b);\n")

    def test_typedefs(self):
        self.breaks("typedef struct a b;\n")
        self.breaks("typedef unsigned number;\n")
        self.passes("typedef bool (*taker)(int a);\n")

    def test_comments(self):
        self.breaks("// no\n")
        self.breaks("/* ------- */\n")
        self.breaks("/* free(a); */\n")
        self.breaks("/*\n * if (a) {\n * }\n */\n")
        self.passes("/* a reason */\nconst char *a = \"// ----\";\n")

    def test_words_and_paths(self):
        self.breaks("/* TO" + "DO: later */\n")
        self.breaks("not implemented" + "\n", "doc/a.md")
        self.breaks("see /work" + "/main\n", "doc/a.md")
        self.breaks("see .." + "/shared/a\n", "doc/a.md")
        self.passes("see /usr/share and ~/.local\n", "doc/a.md")

    def test_lines(self):
        self.breaks("int a; \n")
        self.breaks("int a;")
        self.breaks("int a;\r\n")
        self.breaks("/* " + "x" * 100 + " */\n")

    def test_own_header(self):
        texts = {"include/core/a.h": HEADER % "int a(void);"}
        good = {**texts, "src/core/a.c": '#include "core/a.h"\n\n#include <stdio.h>\n'}
        bad = {**texts, "src/core/a.c": '#include <stdio.h>\n#include "core/a.h"\n'}
        self.assertEqual(complaints(source.check, good), [])
        self.assertEqual(len(complaints(source.check, bad)), 1)

    def test_asserts_stay_on(self):
        self.breaks("#define NDEBUG\n")


class Size(unittest.TestCase):
    def test_functions(self):
        good = LONG_BODY % ("\ta();\n" * (size.FUNCTION_LINES - 2))
        bad = LONG_BODY % ("\ta();\n" * (size.FUNCTION_LINES - 1))
        self.assertEqual(complaints(size.check, {"src/a.c": good}), [])
        self.assertEqual(len(complaints(size.check, {"src/a.c": bad})), 1)
        reason = {size.REASONS: "src/a.c:f one table\n"}
        self.assertEqual(complaints(size.check, {"src/a.c": bad, **reason}), [])
        self.assertEqual(len(complaints(size.check, {"src/a.c": good, **reason})), 1)

    def test_names_of_functions(self):
        text = "static char *a_b(const void *mem,\n\tint c)\n{\n\tif (x) {\n\t}\n}\n\nint t[] = {\n\t1,\n};\n"
        self.assertEqual(list(size.functions_of(text)), [("a_b", 4)])

    def test_files(self):
        self.assertEqual(complaints(size.check, {"src/a.c": "\n" * size.FILE_LINES}), [])
        self.assertEqual(len(complaints(size.check, {"src/a.c": "\n" * 501})), 1)


class BuildFiles(unittest.TestCase):
    def check(self, build, *files):
        texts = {"src/a/meson.build": build, **{f"src/a/{name}": "" for name in files}}
        return complaints(buildfiles.check, texts)

    def test_sorted(self):
        self.assertEqual(self.check("files(\n  'a.c',\n  'b.c',\n)\n"), [])
        self.assertEqual(len(self.check("files(\n  'b.c',\n  'a.c',\n)\n")), 1)

    def test_named(self):
        self.assertEqual(self.check("'error': base_dep,\n", "test_error.c"), [])
        self.assertEqual(len(self.check("'error': base_dep,\n", "test_text.c")), 1)
        self.assertEqual(len(complaints(buildfiles.check, {"src/a/b.c": ""})), 1)

    def test_a_command_is_listed(self):
        texts = {buildfiles.DECLARED: "extern const struct subcommand command_a, command_b;\n",
                 buildfiles.LISTED: "\t&command_a,\n", "src/cli/meson.build": "'commands.c'"}
        self.assertEqual(len(complaints(buildfiles.check, texts)), 1)
        texts[buildfiles.LISTED] += "\t&command_b,\n"
        self.assertEqual(complaints(buildfiles.check, texts), [])


class Translations(unittest.TestCase):
    def check(self, old="", new=""):
        text = CATALOGUE.replace(old, new) if old else CATALOGUE
        return list(translations.check_catalogue("pt_BR.po", text, MARKED))

    def test_good(self):
        self.assertEqual(self.check(), [])

    def test_bad(self):
        self.assertEqual(len(self.check('msgstr "{0} pegou {1} "', 'msgstr ""')), 1)
        self.assertEqual(len(self.check("pegou {1}", "pegou")), 1)
        self.assertEqual(len(self.check("pegou {1} ", "pegou {1}")), 1)
        self.assertEqual(len(self.check("pegou", "pegou %s")), 1)
        self.assertEqual(len(self.check("#: src/a.c", "#, fuzzy")), 1)
        self.assertEqual(len(self.check("took", "took over")), 2)

    def test_sources_on_disk(self):
        with tempfile.TemporaryDirectory() as top:
            for path, text in {
                "src/a.c": 'const char *a = N_("{0} took {1} ");\n',
                "data/po/POTFILES": "src/a.c\n",
                "data/po/LINGUAS": "pt_BR\n",
                "data/po/pt_BR.po": CATALOGUE,
            }.items():
                os.makedirs(os.path.dirname(os.path.join(top, path)), exist_ok=True)
                with open(os.path.join(top, path), "w", encoding="utf-8") as file:
                    file.write(text)
            self.assertEqual(list(translations.check(load(top))), [])
            with open(os.path.join(top, "src/b.c"), "w", encoding="utf-8") as file:
                file.write('const char *b = _("new");\n')
            self.assertEqual(len(list(translations.check(load(top)))), 2)


class Manual(unittest.TestCase):
    GOOD = {
        manual.MANUAL: "# SETTINGS OF A DESK\n\n*claim* (1)\n\tx\n\n# FILTERS\n\n*team:*_key_ *A_B*\n",
        "src/core/settings.c": '{"claim", SETTING_TEXT}',
        "src/core/filter_parse.c": '{"team", TERM_TEAM}',
        "src/base/a.c": 'getenv("A_B"); getenv("HOME");',
    }

    def test_in_step(self):
        self.assertEqual(complaints(manual.check, self.GOOD), [])

    def test_missing(self):
        for path, text in (
            ("src/core/settings.c", '{"claim", SETTING_TEXT}, {"undo", SETTING_TEXT}'),
            ("src/core/settings.c", '{"undo", SETTING_TEXT}'),
            ("src/core/filter_parse.c", '{"due", TERM_DUE}'),
            ("src/core/name.c", 'static const char *const channel_words[] = {"", "fax"};'),
            ("src/base/a.c", 'getenv("B_C");'),
            ("src/atended/a.c", 'getenv("A_B");'),
        ):
            self.assertNotEqual(complaints(manual.check, {**self.GOOD, path: text}), [], text)


class Tools(unittest.TestCase):
    def check(self, check, name, text):
        with tempfile.TemporaryDirectory() as top:
            os.makedirs(os.path.join(top, "src"))
            with open(os.path.join(top, "src", name), "w", encoding="utf-8") as file:
                file.write(text)
            return list(check(load(top)))

    def test_format(self):
        self.assertEqual(self.check(tools.check_format, "a.c", "int a;\n"), [])
        self.assertEqual(len(self.check(tools.check_format, "a.c", "int  a ;\n")), 1)

    def test_scripts(self):
        self.assertEqual(self.check(tools.check_scripts, "run", "#!/bin/bash\ntrue\n"), [])
        self.assertEqual(len(self.check(tools.check_scripts, "run", "#!/bin/bash\necho $1\n")), 1)


if __name__ == "__main__":
    sys.exit(not unittest.main(exit=False, verbosity=1).result.wasSuccessful())
