#!/bin/sh
# copyout("a", 0, 1) is destructive
set -eu
"$DTRACE" -qn 'BEGIN { copyout("a", 0, 1); }'
