#!/bin/sh
# a period below 200 us is no probe
set -eu
"$DTRACE" -n tick-5001
