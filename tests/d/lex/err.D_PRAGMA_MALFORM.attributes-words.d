#pragma D attributes x
int x;
BEGIN { }
