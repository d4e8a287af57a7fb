#!/bin/sh
# aggrate takes 100us
set -eu
"$DTRACE" -x aggrate=100us -qn 'BEGIN { printf("on\n"); exit(0); }'
