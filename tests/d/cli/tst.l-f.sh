#!/bin/sh
# -l -f: system calls by function
set -eu
"$DTRACE" -l -f syscall::getpid | awk '{ $1 = "ID"; print }'
