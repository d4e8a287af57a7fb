#!/bin/sh
# cleanrate does not take 5x
set -eu
"$DTRACE" -x cleanrate=5x -n BEGIN
