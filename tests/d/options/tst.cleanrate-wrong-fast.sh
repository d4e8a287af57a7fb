#!/bin/sh
# cleanrate does not take fast
set -eu
"$DTRACE" -x cleanrate=fast -n BEGIN
