#!/bin/sh
# errtags: the tag before the message
set -eu
"$DTRACE" -x errtags -n 'BEGIN { trace(nosuch); }'
