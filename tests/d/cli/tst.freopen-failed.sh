#!/bin/sh
# freopen of what cannot be opened: output stays where it was
set -eu
"$DTRACE" -qwn 'BEGIN { freopen("/nonexistent/x"); printf("here\n"); exit(0); }'
