#!/bin/sh
# -l -s: what a script names
set -eu
printf 'BEGIN { trace(1); }\nEND { trace(2); }\n' >"$TMP/x.d"; "$DTRACE" -l -s "$TMP/x.d"
