#pragma D binding 1.x x
int x;
BEGIN { }
