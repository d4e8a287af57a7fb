#!/bin/sh
# cppargs: options of the preprocessor; cpphdrs: as -H
set -eu
echo "#define TEN 10" >"$TMP/ten.h"
"$DTRACE" -C -x cppargs="-DONE=1 -I$TMP -UONE -DTWO=2" -qn "
#include <ten.h>
#ifdef ONE
#error one
#endif
BEGIN { trace(TEN + TWO); exit(0); }"
"$DTRACE" -C -I"$TMP" -x cpphdrs -en "
#include <ten.h>
BEGIN" 2>&1 | sed "s|.*/||"
for a in -foo -D DX=1; do "$DTRACE" -x cppargs=$a -en BEGIN 2>&1 || echo $?; done
