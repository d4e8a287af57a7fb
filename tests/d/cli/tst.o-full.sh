#!/bin/sh
# so it is with -o
set -eu
"$DTRACE" -qo /dev/full -n 'BEGIN { printf("x\n"); exit(0); }'
