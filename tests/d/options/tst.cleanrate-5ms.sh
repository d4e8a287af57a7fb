#!/bin/sh
# cleanrate takes 5ms
set -eu
"$DTRACE" -x cleanrate=5ms -qn 'BEGIN { printf("on\n"); exit(0); }'
