#!/bin/sh
# Puts what the program says of its commands into a manual page:
# manual.sh SCDOC PROGRAM PAGE.scd > PAGE
set -eu

scdoc=$1 program=$2 page=$3
{
	sed '/^@COMMANDS@$/,$d' "$page"
	"$program" manual
	sed '1,/^@COMMANDS@$/d' "$page"
} | "$scdoc"
