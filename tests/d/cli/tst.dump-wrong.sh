#!/bin/sh
# -xdump of what there is not
set -eu
"$DTRACE" -xdump=what -n BEGIN
