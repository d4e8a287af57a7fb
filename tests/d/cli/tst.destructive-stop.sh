#!/bin/sh
# stop() is destructive
set -eu
"$DTRACE" -qn 'BEGIN { stop(); }'
