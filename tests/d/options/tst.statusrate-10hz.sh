#!/bin/sh
# statusrate takes 10hz
set -eu
"$DTRACE" -x statusrate=10hz -qn 'BEGIN { printf("on\n"); exit(0); }'
