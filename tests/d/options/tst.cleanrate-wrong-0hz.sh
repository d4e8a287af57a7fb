#!/bin/sh
# cleanrate does not take 0hz
set -eu
"$DTRACE" -x cleanrate=0hz -n BEGIN
