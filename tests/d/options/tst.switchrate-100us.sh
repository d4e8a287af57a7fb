#!/bin/sh
# switchrate takes 100us
set -eu
"$DTRACE" -x switchrate=100us -qn 'BEGIN { printf("on\n"); exit(0); }'
