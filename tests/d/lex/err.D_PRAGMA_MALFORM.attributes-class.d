#pragma D attributes Stable/Stable/Big x
int x;
BEGIN { }
