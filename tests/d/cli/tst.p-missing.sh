#!/bin/sh
# -p of no process
set -eu
sh -c exit & p=$!; wait $p; "$DTRACE" -p $p -n BEGIN 2>&1 | sed 's/process [0-9]*/process N/'
