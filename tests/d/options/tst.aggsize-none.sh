#!/bin/sh
# aggsize needs a value
set -eu
"$DTRACE" -x aggsize -n BEGIN
