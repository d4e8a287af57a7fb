#!/bin/sh
# freopen("x") is destructive
set -eu
"$DTRACE" -qn 'BEGIN { freopen("x"); }'
