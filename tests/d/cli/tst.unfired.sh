#!/bin/sh
# a program on a provider that cannot fire yet is told so
set -eu
"$DTRACE" -qn 'BEGIN { exit(0); }' -n 'proc:::exec, syscall::getpid: { trace(1); }'
