#!/bin/sh
# tick-100 is 100 times a second
set -eu
"$DTRACE" -qn 'tick-100 { n++; } tick-500ms { printf("%d\n", n >= 49 && n <= 51); exit(0); }'
