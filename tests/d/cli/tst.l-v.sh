#!/bin/sh
# -l -v: types of arguments
set -eu
"$DTRACE" -lv -n 'syscall::openat:entry' | tail -n +3
