#!/bin/sh
# -l -P
set -eu
"$DTRACE" -l -P dtrace
