#!/bin/sh
# -l -n: by name
set -eu
"$DTRACE" -ln BEGIN
