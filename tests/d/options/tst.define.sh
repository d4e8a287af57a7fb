#!/bin/sh
# define, undef: as -D and -U
set -eu
"$DTRACE" -C -x define=X=5 -qn 'BEGIN { printf("%d\n", X); exit(0); }'
