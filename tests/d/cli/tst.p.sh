#!/bin/sh
# -p: tracing ends with the process
set -eu
sleep 0.3 & "$DTRACE" -q -p $! -n 'BEGIN { printf("%d\n", $target == $1); } END { printf("end\n"); }' $!
