#!/bin/sh
# raise(SIGTERM) in BEGIN reaches dtrace itself
set -eu
"$DTRACE" -qwn 'BEGIN { raise(15); } END { printf("end\n"); }'
