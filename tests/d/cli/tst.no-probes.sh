#!/bin/sh
# nothing to do is wrong usage
set -eu
"$DTRACE"
