"""What other programs check: the format of C and the scripts."""

import subprocess


def complaints_of(tree, command):
    run = subprocess.run(command, cwd=tree.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         check=False)
    if run.returncode != 0:
        yield run.stdout.decode(errors="replace").rstrip() or f"{command[0]}: {run.returncode}"


def check_format(tree):
    command = ["clang-format", "--dry-run", "-Werror", "--style=file"]
    yield from complaints_of(tree, command + tree.paths(".c", ".h"))


def scripts_of(tree):
    return [path for path in tree.paths() if tree.text(path).startswith("#!/bin/bash")]


def check_scripts(tree):
    yield from complaints_of(tree, ["shellcheck", "--external-sources"] + scripts_of(tree))
