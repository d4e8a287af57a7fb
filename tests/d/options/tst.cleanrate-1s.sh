#!/bin/sh
# cleanrate takes 1s
set -eu
"$DTRACE" -x cleanrate=1s -qn 'BEGIN { printf("on\n"); exit(0); }'
