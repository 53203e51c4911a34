#!/bin/sh
# Makes the SQL of a desk part of the program: embed.sh SCHEMA STEP… > OUT.c
set -eu

bytes() {
	od -An -v -tx1 "$1" | sed 's/ \(..\)/0x\1,/g'
	echo '0'
}

schema=$1
shift
echo '#include "store/schema.h"'
echo
echo 'const char schema_text[] = {'
bytes "$schema"
echo '};'
n=0
for step in "$@"; do
	n=$((n + 1))
	echo "static const char step_$n[] = {"
	bytes "$step"
	echo '};'
done
echo 'const char *const schema_steps[] = {'
i=0
while [ "$i" -lt "$n" ]; do
	i=$((i + 1))
	echo "step_$i,"
done
echo '};'
echo "const int schema_version = $n;"
