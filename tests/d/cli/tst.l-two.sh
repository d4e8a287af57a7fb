#!/bin/sh
# -l of two descriptions in their order
set -eu
"$DTRACE" -ln 'END, BEGIN'
