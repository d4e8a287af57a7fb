#!/bin/sh
# -c: words are separated by blanks
set -eu
"$DTRACE" -q -c 'echo  a   b' -n 'END { printf("end\n"); }' | sort
