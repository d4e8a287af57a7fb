#!/bin/sh
# setopt of what cannot be set while tracing ends it
set -eu
"$DTRACE" -qn 'BEGIN { setopt("strsize", "16"); } END { printf("end\n"); }'
