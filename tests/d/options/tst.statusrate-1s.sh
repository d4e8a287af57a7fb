#!/bin/sh
# statusrate takes 1s
set -eu
"$DTRACE" -x statusrate=1s -qn 'BEGIN { printf("on\n"); exit(0); }'
