#!/bin/sh
# -l -i: by number
set -eu
"$DTRACE" -l -i 3
