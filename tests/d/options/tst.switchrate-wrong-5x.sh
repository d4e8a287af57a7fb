#!/bin/sh
# switchrate does not take 5x
set -eu
"$DTRACE" -x switchrate=5x -n BEGIN
