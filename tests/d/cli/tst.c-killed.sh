#!/bin/sh
# -c: a command that outlives tracing goes with it
set -eu
"$DTRACE" -q -c 'sleep 77' -n 'BEGIN { printf("%d\n", $target); exit(0); }' >"$TMP/pid"; kill -0 "$(head -n 1 "$TMP/pid")" 2>/dev/null && echo alive || echo gone
