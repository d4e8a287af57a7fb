#!/bin/sh
# aggrate does not take fast
set -eu
"$DTRACE" -x aggrate=fast -n BEGIN
