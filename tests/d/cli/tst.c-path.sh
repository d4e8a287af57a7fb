#!/bin/sh
# -c: a command is looked for in PATH
set -eu
printf '#!/bin/sh\necho own\n' >"$TMP/mine"; chmod +x "$TMP/mine"; PATH=$TMP:$PATH "$DTRACE" -qc mine -n 'END { printf("end\n"); }' | sort
