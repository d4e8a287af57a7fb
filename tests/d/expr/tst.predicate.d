/* A clause runs where its predicate is not 0 */
#pragma D option quiet

BEGIN { n = 2; }
BEGIN /n == 2/ { printf("two\n"); }
BEGIN /n == 3/ { printf("three\n"); }
BEGIN /n - 2/ { printf("not two\n"); }
BEGIN /n > 1 && probeprov == "dtrace"/ { printf("dtrace\n"); n = 0; }
BEGIN /!n/ { exit(0); }
