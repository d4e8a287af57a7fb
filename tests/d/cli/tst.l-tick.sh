#!/bin/sh
# -l of a period: the probe is made
set -eu
"$DTRACE" -ln tick-7s
