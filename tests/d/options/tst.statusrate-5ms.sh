#!/bin/sh
# statusrate takes 5ms
set -eu
"$DTRACE" -x statusrate=5ms -qn 'BEGIN { printf("on\n"); exit(0); }'
