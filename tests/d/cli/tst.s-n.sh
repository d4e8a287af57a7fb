#!/bin/sh
# a script and -n together
set -eu
printf 'int x;\nBEGIN { x = 4; }\n' >"$TMP/a.d"; "$DTRACE" -q -s "$TMP/a.d" -n 'BEGIN { printf("%d\n", x); exit(0); }'
