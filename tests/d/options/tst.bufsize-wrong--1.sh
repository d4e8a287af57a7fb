#!/bin/sh
# bufsize does not take "-1"
set -eu
"$DTRACE" -x bufsize=-1 -n BEGIN
