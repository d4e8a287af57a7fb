#!/bin/sh
# bufpolicy=fill: tracing ends when the buffer is full, and END is printed
set -eu
"$DTRACE" -x bufpolicy=fill -x bufsize=1k -qn 'tick-1ms { printf("x\n"); } END { printf("end\n"); }' | uniq
