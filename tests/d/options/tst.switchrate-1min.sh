#!/bin/sh
# switchrate takes 1min
set -eu
"$DTRACE" -x switchrate=1min -qn 'BEGIN { printf("on\n"); exit(0); }'
