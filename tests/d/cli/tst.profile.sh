#!/bin/sh
# profile-N of the evaluator fires on each CPU that dtrace may run on
set -eu
"$DTRACE" -xbackend=eval -qn 'profile-100 { @[cpu] = count(); } tick-1s { exit(0); }' | awk 'NF == 2 && $2 >= 98 && $2 <= 101 { n++ } END { print n }'
