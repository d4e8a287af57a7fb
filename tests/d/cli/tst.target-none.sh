#!/bin/sh
# $target without -c and -p is 0
set -eu
"$DTRACE" -qn 'BEGIN { printf("%d\n", $target); exit(0); }'
