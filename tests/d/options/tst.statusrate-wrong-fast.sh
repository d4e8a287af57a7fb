#!/bin/sh
# statusrate does not take fast
set -eu
"$DTRACE" -x statusrate=fast -n BEGIN
