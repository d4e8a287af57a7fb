#!/bin/sh
# cleanrate takes 1min
set -eu
"$DTRACE" -x cleanrate=1min -qn 'BEGIN { printf("on\n"); exit(0); }'
