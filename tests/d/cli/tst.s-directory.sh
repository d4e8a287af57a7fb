#!/bin/sh
# -s of a directory
set -eu
"$DTRACE" -s /
