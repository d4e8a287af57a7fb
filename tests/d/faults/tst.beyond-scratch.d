/* Memory ends where alloca said */
#pragma D option quiet

BEGIN { p = (char *)alloca(8); printf("%d\n", p[7]); printf("%d\n", p[8]); }
BEGIN { exit(0); }
