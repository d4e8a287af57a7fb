#!/bin/sh
# -S: the code on standard error; the program runs
set -eu
"$DTRACE" -S -qn 'BEGIN { exit(0); }' 2>&1 >/dev/null | grep -c '^ir 1'
