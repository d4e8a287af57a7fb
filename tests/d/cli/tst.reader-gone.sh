#!/bin/sh
# a reader that is gone ends dtrace, also where SIGPIPE is ignored
set -eu
(
	trap '' PIPE
	rc=0
	"$DTRACE" -x switchrate=10ms -qn 'tick-5ms { printf("x\n"); }' 2>"$TMP/gone" || rc=$?
	echo $rc >"$TMP/status"
) | head -n 1
while [ ! -s "$TMP/status" ]; do sleep 0.1; done
cat "$TMP/status" "$TMP/gone"
