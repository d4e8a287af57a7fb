#!/bin/sh
# a destructive action without -w
set -eu
"$DTRACE" -qn 'BEGIN { system("echo"); }'
