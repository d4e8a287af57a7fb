#!/bin/sh
# switchrate takes 500nsec
set -eu
"$DTRACE" -x switchrate=500nsec -qn 'BEGIN { printf("on\n"); exit(0); }'
