"""Runs the unittest cases of a module and prints TAP, which meson reads."""

import sys
import unittest


class TapResult(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.number = 0

    def line(self, word, test, directive=""):
        self.number += 1
        print(f"{word} {self.number} - {test.id().split('.', 1)[1]}{directive}", flush=True)

    def tell(self, test, err):
        self.line("not ok", test)
        text = self._exc_info_to_string(err, test)
        print("".join(f"# {line}\n" for line in text.splitlines()), end="", flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.line("ok", test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.tell(test, err)

    def addError(self, test, err):
        super().addError(test, err)
        self.tell(test, err)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.line("ok", test, f" # SKIP {reason}")


def main(module="__main__"):
    # A failed subtest tells itself, and its test is not counted as passed.
    TapResult.addSubTest = lambda self, test, subtest, err: err and self.tell(subtest, err)
    suite = unittest.defaultTestLoader.loadTestsFromName(sys.argv[1]) if len(sys.argv) > 1 \
        else unittest.defaultTestLoader.loadTestsFromModule(sys.modules[module])
    print("TAP version 13")
    result = TapResult()
    suite.run(result)
    print(f"1..{result.number}")
    sys.exit(0 if result.wasSuccessful() else 1)
