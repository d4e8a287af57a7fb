#!/bin/sh
# an unknown option
set -eu
"$DTRACE" -z
