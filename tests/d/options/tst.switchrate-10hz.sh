#!/bin/sh
# switchrate takes 10hz
set -eu
"$DTRACE" -x switchrate=10hz -qn 'BEGIN { printf("on\n"); exit(0); }'
