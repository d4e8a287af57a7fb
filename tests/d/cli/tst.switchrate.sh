#!/bin/sh
# output comes at the rate switchrate, not at the end
set -eu
"$DTRACE" -x switchrate=20hz -qn 'tick-10ms { printf("x\n"); }' >"$TMP/o" & sleep 0.5; test -s "$TMP/o" && echo early; kill $!; wait $!
