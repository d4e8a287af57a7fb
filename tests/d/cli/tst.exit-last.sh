#!/bin/sh
# exit of END counts last
set -eu
"$DTRACE" -qn 'BEGIN { exit(7); } END { exit(3); }'
