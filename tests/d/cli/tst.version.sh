#!/bin/sh
# -V and --version
set -eu
"$DTRACE" -V | sed 's/native .*/native VERSION)/'; "$DTRACE" --version | wc -l
