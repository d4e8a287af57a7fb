#!/bin/sh
# periods that were missed are made up for
set -eu
"$DTRACE" -qwn 'tick-20ms { n++; } tick-20ms /n == 1/ { system("sleep 0.5"); } tick-1s { printf("%d\n", n >= 48 && n <= 50); exit(0); }'
