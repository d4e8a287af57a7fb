#!/bin/sh
# $$0 is the script
set -eu
printf 'BEGIN { printf("%%s\\n", $$0); exit(0); }\n' >"$TMP/a.d"; cd "$TMP"; "$DTRACE" -qs a.d
