#!/bin/sh
# bufsize needs a value
set -eu
"$DTRACE" -x bufsize -n BEGIN
