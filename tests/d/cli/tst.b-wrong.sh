#!/bin/sh
# -b of no size
set -eu
"$DTRACE" -b large -n BEGIN
