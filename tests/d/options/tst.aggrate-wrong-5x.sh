#!/bin/sh
# aggrate does not take 5x
set -eu
"$DTRACE" -x aggrate=5x -n BEGIN
