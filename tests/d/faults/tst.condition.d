/* Statements of if count like any other */
#pragma D option quiet

BEGIN { z = 0; }
BEGIN { if (z == 0) { x = 1; x = 1 / z; } else { x = 2; } }
BEGIN { printf("%d\n", x); exit(0); }
