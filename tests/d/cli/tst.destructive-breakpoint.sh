#!/bin/sh
# breakpoint() is destructive
set -eu
"$DTRACE" -qn 'BEGIN { breakpoint(); }'
