#!/bin/sh
# statusrate takes 500nsec
set -eu
"$DTRACE" -x statusrate=500nsec -qn 'BEGIN { printf("on\n"); exit(0); }'
