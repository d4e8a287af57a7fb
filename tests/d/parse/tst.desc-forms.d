/* Fields from the right, empty ones, globs. */
#pragma D option quiet

BEGIN { printf("1\n"); }
:BEGIN { printf("2\n"); }
::BEGIN { printf("3\n"); }
:::BEGIN { printf("4\n"); }
dtrace:::BEGIN { printf("5\n"); }
dtrace::: /probename == "BEGIN"/ { printf("6\n"); }
*:::BEGIN { printf("7\n"); }
d*e:::B?GIN { printf("8\n"); }
dtrace:::[AB]EGIN { printf("9\n"); }
dtrace:::[!A]EGIN { printf("10\n"); }
dtrace:::[A-C]EGIN { printf("11\n"); exit(0); }
