#!/bin/sh
# -c: $target is its pid, and tracing ends with it
set -eu
"$DTRACE" -q -c 'sh -c exit' -n 'BEGIN { printf("%d\n", $target != 0); } END { printf("end\n"); }'
