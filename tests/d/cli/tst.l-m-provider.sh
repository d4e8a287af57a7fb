#!/bin/sh
# -l -m: provider and module
set -eu
"$DTRACE" -l -m proc:vmlinux | wc -l | tr -d ' '
