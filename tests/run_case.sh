#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs one case: the script FOLDER/run in a fresh temporary folder, and compares. See cases/README.md.
#   expect.out     standard output, to the byte (absent: not compared)
#   expect.err     lines that must each appear in standard error (absent: standard error must be empty unless the status is not 0)
#   expect.status  the exit status (absent: 0; 77: skipped)
# In the script: $IEUM the program, $CASE the case's folder, $IEUM_SOURCE the repository's root.
set -u
CASE=$1
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
mkdir "$work/in"
export CASE
unset IEUM_STORE IEUM_LANG COLUMNS
(cd "$work/in" && sh -u "$CASE/run") >"$work/out" 2>"$work/err" </dev/null
status=$?
[ "$status" = 77 ] && { cat "$work/out"; exit 77; } # the case says what it would need
expected=0
[ -e "$CASE/expect.status" ] && expected=$(cat "$CASE/expect.status")
failed=0
fail() { echo "$1"; failed=1; }
[ "$status" = "$expected" ] || fail "exit status $status, expected $expected"
if [ -e "$CASE/expect.out" ]; then
    diff -u "$CASE/expect.out" "$work/out" || fail "standard output differs"
fi
if [ -e "$CASE/expect.err" ]; then
    while IFS= read -r line; do
        grep -qF -- "$line" "$work/err" || fail "not on standard error: $line"
    done <"$CASE/expect.err"
elif [ "$expected" = 0 ] && [ -s "$work/err" ]; then
    fail "something was written to standard error"
fi
[ "$failed" = 0 ] || { echo "--- standard output"; head -c 4000 "$work/out"; echo "--- standard error"; head -c 4000 "$work/err"; }
exit $failed
