#!/bin/sh
# -l alone does not need -L
set -eu
mkdir "$TMP/l6"; "$DTRACE" -L "$TMP/l6" -l | head -n 2 | tail -n 1
