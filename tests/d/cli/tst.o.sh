#!/bin/sh
# -o: output goes to the file, and is appended
set -eu
for i in 1 2; do "$DTRACE" -q -o "$TMP/o" -n 'BEGIN { printf("x\n"); exit(0); }'; done; cat "$TMP/o"
