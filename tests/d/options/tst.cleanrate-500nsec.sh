#!/bin/sh
# cleanrate takes 500nsec
set -eu
"$DTRACE" -x cleanrate=500nsec -qn 'BEGIN { printf("on\n"); exit(0); }'
