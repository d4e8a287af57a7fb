#!/bin/sh
# -i of no number
set -eu
"$DTRACE" -i x
