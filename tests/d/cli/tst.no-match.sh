#!/bin/sh
# a description that matches nothing
set -eu
"$DTRACE" -n nosuch
