"""lint.py RULE TOP: prints what breaks a rule in the tree at TOP; the exit status tells.

`lint.py longest TOP` prints the longest files and functions.
"""

import sys

import architecture
import buildfiles
import coverage
import layers
import manual
import size
import source
import tools
import translations
import tree

RULES = {
    "architecture": architecture.check,
    "build files": buildfiles.check,
    "coverage": coverage.check,
    "format": tools.check_format,
    "layers": layers.check,
    "manual": manual.check,
    "scripts": tools.check_scripts,
    "size": size.check,
    "source": source.check,
    "translations": translations.check,
}


def main(rule, top):
    sources = tree.load(top)
    if rule == "longest":
        size.report(sources)
        return 0
    complaints = list(RULES[rule](sources))
    for complaint in complaints:
        print(complaint)
    return len(complaints) > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
