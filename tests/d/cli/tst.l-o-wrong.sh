#!/bin/sh
# -l -o: a file that cannot be written
set -eu
"$DTRACE" -l -o /nosuch/file
