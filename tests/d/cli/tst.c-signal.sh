#!/bin/sh
# -c: a command that a signal ended
set -eu
printf 'kill -9 $$\n' >"$TMP/die"; "$DTRACE" -c "sh $TMP/die" -n BEGIN 2>&1 >/dev/null | sed 's/pid [0-9]*/pid N/' | tail -n 1
