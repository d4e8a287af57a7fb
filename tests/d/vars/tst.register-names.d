/* The names of registers are their places in uregs[]: no two of these are the same, and all are in range. */
#pragma D option quiet
BEGIN
{
	printf("%d %d %d %d\n", R_PC != R_SP, R_SP != R_FP, R_PS != R_PC, R_R0 != R_R1);
	printf("%d\n", R_PC < 40 && R_SP < 40 && R_FP < 40 && R_PS < 40);
	exit(0);
}
