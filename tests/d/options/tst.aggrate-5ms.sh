#!/bin/sh
# aggrate takes 5ms
set -eu
"$DTRACE" -x aggrate=5ms -qn 'BEGIN { printf("on\n"); exit(0); }'
