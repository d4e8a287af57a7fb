#!/bin/sh
# -C with -D and -U
set -eu
"$DTRACE" -C -D X=3 -D Y -U Y -qn 'BEGIN { printf("%d\n", X); exit(0); }'
