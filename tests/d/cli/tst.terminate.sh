#!/bin/sh
# SIGTERM ends tracing: END fires, aggregations are printed
set -eu
"$DTRACE" -x switchrate=10ms -qn 'BEGIN { @ = count(); printf("begin\n"); } END { printf("end\n"); }' >"$TMP/t" &
while [ ! -s "$TMP/t" ]; do sleep 0.05; done
kill -TERM $!
wait $!
cat "$TMP/t"
