#!/bin/sh
# Makes a text part of the program: embed.sh NAME FILE > OUT.c
set -eu

echo '#include "cli/sample_data.h"'
echo
echo "const char $1[] = {"
od -An -v -tx1 "$2" | sed "s/ \\(..\\)/'\\\\x\\1',/g"
echo '0};'
