#!/bin/sh
# clauses run in their order, also over several -n
set -eu
"$DTRACE" -qn 'BEGIN { printf("a"); } END { printf("x"); }' -n 'BEGIN { printf("b\n"); exit(0); } END { printf("y\n"); }'
