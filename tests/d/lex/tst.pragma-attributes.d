/* Attributes of what the script declares. */
#pragma D option quiet

#pragma D attributes Evolving/Stable/Common x
#pragma D binding "1.0" y
int x;
inline int y = 3;
BEGIN { printf("%d\n", y); exit(0); }
