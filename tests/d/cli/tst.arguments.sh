#!/bin/sh
# arguments behind the options
set -eu
"$DTRACE" -qn 'BEGIN { printf("%d %s\n", $1, $$2); exit(0); }' 42 word
