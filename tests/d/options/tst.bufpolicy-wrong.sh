#!/bin/sh
# bufpolicy takes three words
set -eu
"$DTRACE" -x bufpolicy=circle -n BEGIN
