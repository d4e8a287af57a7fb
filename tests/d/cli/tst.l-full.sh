#!/bin/sh
# -l -n: four fields
set -eu
"$DTRACE" -ln 'proc:vmlinux::exec*'
