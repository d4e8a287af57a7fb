#!/bin/sh
# -X takes a letter of four
set -eu
"$DTRACE" -Xq -n BEGIN
