#!/bin/sh
# -q: no notice, no columns
set -eu
"$DTRACE" -qn 'BEGIN { trace(1); exit(0); }'
