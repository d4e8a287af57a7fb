#!/bin/sh
# output that is lost is a failure
set -eu
"$DTRACE" -qn 'BEGIN { printf("x\n"); exit(0); }' >/dev/full
