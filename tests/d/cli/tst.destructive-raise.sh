#!/bin/sh
# raise(1) is destructive
set -eu
"$DTRACE" -qn 'BEGIN { raise(1); }'
