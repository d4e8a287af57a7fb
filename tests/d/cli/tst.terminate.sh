#!/bin/sh
# SIGTERM ends tracing: END fires, aggregations are printed
set -eu
"$DTRACE" -qn 'BEGIN { @ = count(); } END { printf("end\n"); }' >"$TMP/o" & sleep 0.3; kill -TERM $!; wait $! && cat "$TMP/o"
