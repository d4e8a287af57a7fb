#!/bin/sh
# -s of an endless file ends
set -eu
"$DTRACE" -s /dev/zero
