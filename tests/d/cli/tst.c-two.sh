#!/bin/sh
# two commands: tracing ends with the last
set -eu
"$DTRACE" -q -c 'sleep 0.1' -c 'sleep 0.3' -n 'BEGIN { t = timestamp; } END { printf("%d\n", timestamp - t > 250000000); }'
