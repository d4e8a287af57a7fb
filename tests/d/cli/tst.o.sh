#!/bin/sh
# -o: output goes to the file, and is appended
set -eu
"$DTRACE" -q -o "$TMP/o" -n 'BEGIN { printf("x\n"); exit(0); }'
"$DTRACE" -q -o "$TMP/o" -n 'BEGIN { printf("y\n"); exit(0); }'
cat "$TMP/o"
