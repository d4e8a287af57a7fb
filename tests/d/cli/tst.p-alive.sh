#!/bin/sh
# -p: the process lives on
set -eu
sleep 9 & "$DTRACE" -q -p $! -n 'BEGIN { exit(0); }'; kill $! && echo alive
