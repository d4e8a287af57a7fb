#!/bin/sh
# after exit no other clause runs, but END
set -eu
"$DTRACE" -qn 'BEGIN { printf("1\n"); exit(0); } BEGIN { printf("2\n"); } END { printf("3\n"); }'
