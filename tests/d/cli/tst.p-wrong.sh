#!/bin/sh
# -p of no number
set -eu
"$DTRACE" -p x1 -n BEGIN
