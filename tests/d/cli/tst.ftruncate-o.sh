#!/bin/sh
# ftruncate of the file of -o
set -eu
"$DTRACE" -qo "$TMP/fo" -n 'BEGIN { printf("before\n"); } BEGIN { ftruncate(); printf("after\n"); exit(0); }'; cat "$TMP/fo"
