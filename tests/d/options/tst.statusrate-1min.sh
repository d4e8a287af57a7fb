#!/bin/sh
# statusrate takes 1min
set -eu
"$DTRACE" -x statusrate=1min -qn 'BEGIN { printf("on\n"); exit(0); }'
