/* errexit: the first fault ends the program */
#pragma D option quiet

#pragma D option errexit

BEGIN { trace(*(int *)0); }
END { printf("end\n"); }
