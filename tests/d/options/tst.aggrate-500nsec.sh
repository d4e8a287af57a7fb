#!/bin/sh
# aggrate takes 500nsec
set -eu
"$DTRACE" -x aggrate=500nsec -qn 'BEGIN { printf("on\n"); exit(0); }'
