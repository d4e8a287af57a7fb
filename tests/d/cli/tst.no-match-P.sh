#!/bin/sh
# a provider that is not there
set -eu
"$DTRACE" -P nosuch
