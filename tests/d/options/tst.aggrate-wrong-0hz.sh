#!/bin/sh
# aggrate does not take 0hz
set -eu
"$DTRACE" -x aggrate=0hz -n BEGIN
