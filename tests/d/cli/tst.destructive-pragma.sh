#!/bin/sh
# #pragma D option destructive is -w
set -eu
printf '#pragma D option destructive\n#pragma D option quiet\nBEGIN { system("echo ok"); exit(0); }\n' >"$TMP/a.d"; "$DTRACE" -s "$TMP/a.d"
