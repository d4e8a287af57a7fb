#!/bin/sh
# -i: a probe by number, with a clause
set -eu
"$DTRACE" -i '1 { trace(9); exit(0); }'
