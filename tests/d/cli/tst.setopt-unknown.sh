#!/bin/sh
# setopt of no option
set -eu
"$DTRACE" -qn 'BEGIN { setopt("nosuch"); }'
