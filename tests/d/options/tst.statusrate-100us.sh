#!/bin/sh
# statusrate takes 100us
set -eu
"$DTRACE" -x statusrate=100us -qn 'BEGIN { printf("on\n"); exit(0); }'
