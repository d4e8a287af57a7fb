#!/bin/sh
# the one-liner of the blog: a list of lx-syscall
set -eu
"$DTRACE" -ln 'lx-syscall:::' | awk 'NR > 1 { n[$NF]++ } END { print (n["entry"] > 290), n["entry"] == n["return"] }'
