#!/bin/sh
# version: of D, up to 2
set -eu
for v in 1.0 1.6.2 1.13 2.0; do "$DTRACE" -x version=$v -en BEGIN && echo $v; done
for v in 3.0 1 1. .1 1.2.3.4 1.5000 0.1 1.x; do "$DTRACE" -x version=$v -en BEGIN 2>&1 || echo $?; done
