#!/bin/sh
# switchrate does not take 0hz
set -eu
"$DTRACE" -x switchrate=0hz -n BEGIN
