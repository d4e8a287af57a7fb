#!/bin/sh
# aggrate takes 1s
set -eu
"$DTRACE" -x aggrate=1s -qn 'BEGIN { printf("on\n"); exit(0); }'
