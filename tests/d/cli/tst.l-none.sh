#!/bin/sh
# -l of what is not there
set -eu
"$DTRACE" -ln nosuch:::
