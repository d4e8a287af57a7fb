#!/bin/sh
# bufsize does not take ""
set -eu
"$DTRACE" -x bufsize= -n BEGIN
