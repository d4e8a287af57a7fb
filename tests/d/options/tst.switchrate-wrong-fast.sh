#!/bin/sh
# switchrate does not take fast
set -eu
"$DTRACE" -x switchrate=fast -n BEGIN
