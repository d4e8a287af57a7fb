#!/bin/sh
# ftruncate of a pipe does nothing
set -eu
"$DTRACE" -qn 'BEGIN { printf("before\n"); ftruncate(); printf("after\n"); exit(0); }' | cat
