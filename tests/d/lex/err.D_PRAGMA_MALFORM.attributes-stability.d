#pragma D attributes Good/Bad/Common x
int x;
BEGIN { }
