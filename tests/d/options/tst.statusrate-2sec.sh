#!/bin/sh
# statusrate takes 2sec
set -eu
"$DTRACE" -x statusrate=2sec -qn 'BEGIN { printf("on\n"); exit(0); }'
