#!/bin/sh
# system: a command that fails is its own matter
set -eu
"$DTRACE" -qwn 'BEGIN { system("exit 3"); printf("on\n"); exit(0); }'
