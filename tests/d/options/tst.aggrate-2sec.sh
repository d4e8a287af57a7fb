#!/bin/sh
# aggrate takes 2sec
set -eu
"$DTRACE" -x aggrate=2sec -qn 'BEGIN { printf("on\n"); exit(0); }'
