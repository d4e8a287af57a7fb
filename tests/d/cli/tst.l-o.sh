#!/bin/sh
# -l -o: the list goes to the file, behind what is there; standard output gets nothing
set -eu
echo before >"$TMP/list"; "$DTRACE" -l -n BEGIN -o "$TMP/list"; "$DTRACE" -l -o "$TMP/all"; cat "$TMP/list"; head -n 2 "$TMP/all"
