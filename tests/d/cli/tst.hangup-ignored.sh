#!/bin/sh
# SIGHUP that is ignored (nohup) stays so
set -eu
(
	trap '' HUP
	"$DTRACE" -x switchrate=10ms -qn 'BEGIN { printf("begin\n"); } tick-300ms { printf("tick\n"); exit(0); }' >"$TMP/hup" &
	while [ ! -s "$TMP/hup" ]; do sleep 0.05; done
	kill -HUP $!
	wait $!
)
cat "$TMP/hup"
