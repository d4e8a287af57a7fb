#!/bin/sh
# -c: how the command ended is said
set -eu
"$DTRACE" -c 'sh -c exit' -n 'BEGIN' >/dev/null 2>"$TMP/e" || :; sed 's/pid [0-9]*/pid N/' "$TMP/e"; "$DTRACE" -c false -n BEGIN 2>&1 >/dev/null | sed 's/pid [0-9]*/pid N/'
