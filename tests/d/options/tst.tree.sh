#!/bin/sh
# tree: the tree on standard error, and the program goes on
set -eu
"$DTRACE" -x tree=1 -qn "BEGIN { trace(1); exit(0); }" 2>&1
