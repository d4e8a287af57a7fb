#!/bin/sh
# copyoutstr("a", 0, 1) is destructive
set -eu
"$DTRACE" -qn 'BEGIN { copyoutstr("a", 0, 1); }'
