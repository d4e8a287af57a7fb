#!/bin/sh
# -l alone does not need -L
set -eu
mkdir "$TMP/l"; "$DTRACE" -L "$TMP/l" -l | head -n 2 | tail -n 1
