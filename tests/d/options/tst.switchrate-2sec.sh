#!/bin/sh
# switchrate takes 2sec
set -eu
"$DTRACE" -x switchrate=2sec -qn 'BEGIN { printf("on\n"); exit(0); }'
