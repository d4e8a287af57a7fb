#!/bin/sh
# options may be joined
set -eu
printf 'BEGIN { printf("x\\n"); exit(0); }\n' >"$TMP/j.d"; "$DTRACE" -qwCs "$TMP/j.d"
