#!/bin/sh
# -- ends the options
set -eu
"$DTRACE" -qn 'BEGIN { printf("%s\n", $$1); exit(0); }' -- -q
