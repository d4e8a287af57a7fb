#!/bin/sh
# -l -v: a whole probe is as stable as its module's name, which is nothing to rely on
set -eu
"$DTRACE" --host -lvn io:::start; "$DTRACE" -xverbose -lP profile | sed -n 3,12p
