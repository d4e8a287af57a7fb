#!/bin/sh
# ftruncate: what was printed before goes
set -eu
"$DTRACE" -qn 'BEGIN { printf("before\n"); } BEGIN { ftruncate(); } BEGIN { printf("after\n"); exit(0); }' >"$TMP/ft"; cat "$TMP/ft"
