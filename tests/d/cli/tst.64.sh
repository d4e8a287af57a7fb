#!/bin/sh
# -64 is what there is
set -eu
"$DTRACE" -64 -qn "BEGIN { trace(sizeof(long)); exit(0); }"
