"""Sums meson's test logs (testlog.json, one object a line): what failed, then the closing line.

A TAP program counts by its subtests, any other by itself. One that crashes or never starts is a
failure besides those of its subtests.
"""

import json
import re
import sys

SUBTEST = re.compile(r"^(not )?ok\b([^#]*)(#\s*SKIP\b)?", re.IGNORECASE)
GOOD = {"OK", "EXPECTEDFAIL"}


def subtests(output):
    """(passed, failed) of a TAP text, without what was skipped."""
    passed = failed = 0
    for line in output.splitlines():
        found = SUBTEST.match(line)
        if found and not found.group(3):
            failed += bool(found.group(1))
            passed += not found.group(1)
    return passed, failed


def count(test):
    if test["result"] == "SKIP":
        return 0, 0
    passed, failed = subtests(test.get("stdout") or "")
    if test["result"] in GOOD:
        return max(passed, 1), 0
    return passed, max(failed, 1)


def tests_of(path):
    with open(path, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                yield json.loads(line)
            except ValueError:
                yield {"name": f"{path}: {line.strip()}", "result": "ERROR"}


def main(paths):
    total_passed = total_failed = 0
    for path in paths:
        for test in tests_of(path):
            passed, failed = count(test)
            total_passed += passed
            total_failed += failed
            if failed:
                print(f"FAILED {path}: {test['name']} ({test['result']})")
    print(f"{total_passed} passed, {total_failed} failed")
    return total_failed > 0 or total_passed == 0


sys.exit(main(sys.argv[1:]))
