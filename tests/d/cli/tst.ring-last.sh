#!/bin/sh
# bufpolicy=ring: the last records are kept
set -eu
"$DTRACE" -x bufpolicy=ring -x bufsize=1k -qn 'tick-1ms { printf("%d\n", i++); } tick-1ms /i == 200/ { printf("last\n"); exit(0); }' | awk 'NR == 1 { print ($1 > 100) } { l = $1 ? $1 : l } END { print l }'
