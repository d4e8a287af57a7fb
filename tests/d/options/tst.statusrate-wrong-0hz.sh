#!/bin/sh
# statusrate does not take 0hz
set -eu
"$DTRACE" -x statusrate=0hz -n BEGIN
