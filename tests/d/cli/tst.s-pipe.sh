#!/bin/sh
# -s of a file that is not regular
set -eu
printf 'BEGIN { printf("in\\n"); exit(0); }\n' | "$DTRACE" -qs /dev/stdin
