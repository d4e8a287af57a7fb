#!/bin/sh
# -s -: from standard input
set -eu
printf 'BEGIN { printf("in\\n"); exit(0); }\n' | "$DTRACE" -qs -
