#!/bin/sh
# -l -v: a probe without arguments
set -eu
"$DTRACE" -lv -n BEGIN
