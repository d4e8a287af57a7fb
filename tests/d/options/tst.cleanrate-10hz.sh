#!/bin/sh
# cleanrate takes 10hz
set -eu
"$DTRACE" -x cleanrate=10hz -qn 'BEGIN { printf("on\n"); exit(0); }'
