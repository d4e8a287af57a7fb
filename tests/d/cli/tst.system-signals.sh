#!/bin/sh
# system: the command can be ended by signals
set -eu
"$DTRACE" -qwn 'BEGIN { system("sh -c %cgrep SigBlk /proc/self/status%c", 39, 39); exit(0); }'
