#!/bin/sh
# system: arguments are formatted
set -eu
"$DTRACE" -qwn 'BEGIN { system("echo %d-%s-%x", 5, "word", 255); exit(0); }'
