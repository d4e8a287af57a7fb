#!/bin/sh
# aggrate takes 10hz
set -eu
"$DTRACE" -x aggrate=10hz -qn 'BEGIN { printf("on\n"); exit(0); }'
