#!/bin/sh
# counts of ticks are exact
set -eu
"$DTRACE" -qn 'tick-10ms { n++; } tick-10ms /n == 25/ { printf("%d\n", n); exit(0); }'
