#!/bin/sh
# switchrate takes 5ms
set -eu
"$DTRACE" -x switchrate=5ms -qn 'BEGIN { printf("on\n"); exit(0); }'
