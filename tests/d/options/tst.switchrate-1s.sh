#!/bin/sh
# switchrate takes 1s
set -eu
"$DTRACE" -x switchrate=1s -qn 'BEGIN { printf("on\n"); exit(0); }'
