#!/bin/sh
# -v -o: the report goes where the output goes
set -eu
"$DTRACE" -qvn "BEGIN { trace(1); exit(0); }" -o "$TMP/report"; grep -c Stable "$TMP/report"; tail -n 1 "$TMP/report"
