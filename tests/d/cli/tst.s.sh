#!/bin/sh
# -s: the notice names the script
set -eu
printf 'BEGIN { exit(0); }\n' >"$TMP/a.d"; cd "$TMP"; "$DTRACE" -s a.d
