#!/bin/sh
# -c of what may not be executed
set -eu
printf 'x\n' >"$TMP/plain"; cd "$TMP"; "$DTRACE" -c ./plain -n BEGIN
