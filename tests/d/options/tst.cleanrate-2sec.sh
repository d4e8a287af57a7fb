#!/bin/sh
# cleanrate takes 2sec
set -eu
"$DTRACE" -x cleanrate=2sec -qn 'BEGIN { printf("on\n"); exit(0); }'
