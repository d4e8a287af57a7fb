#!/bin/sh
# cleanrate takes 100us
set -eu
"$DTRACE" -x cleanrate=100us -qn 'BEGIN { printf("on\n"); exit(0); }'
