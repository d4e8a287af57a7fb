/* Macros are replaced in probe descriptions. */
#pragma D option quiet

#define START BEGIN
START { printf("a\n"); exit(0); }
