#!/bin/sh
# so are keys of aggregations
set -eu
"$DTRACE" -x aggsize=1k -qn 'tick-1ms { @[i++] = count(); } tick-1ms /i == 100/ { exit(0); }' 2>&1 >/dev/null | grep -c 'aggregation drops on CPU'
