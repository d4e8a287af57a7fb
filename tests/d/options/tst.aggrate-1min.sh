#!/bin/sh
# aggrate takes 1min
set -eu
"$DTRACE" -x aggrate=1min -qn 'BEGIN { printf("on\n"); exit(0); }'
