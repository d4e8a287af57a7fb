#!/bin/sh
# an unknown option with a value
set -eu
"$DTRACE" -x no.such=5 -n BEGIN
