/* Several descriptions for one clause. */
#pragma D option quiet

BEGIN,END { printf("%s\n", probename); }
BEGIN , END
{ printf("%s again\n", probename); }
dtrace:::BEGIN,
/* and */
dtrace:::END { @ = count(); }
BEGIN { exit(0); }
END { printa("%@d\n", @); }
