#!/bin/sh
# statusrate does not take 5x
set -eu
"$DTRACE" -x statusrate=5x -n BEGIN
