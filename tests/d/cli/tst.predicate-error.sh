#!/bin/sh
# an error in a predicate says so
set -eu
"$DTRACE" -n 'BEGIN /y/ { trace(1); }'
