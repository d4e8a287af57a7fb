#pragma D attributes Stable/Stable/Common one
#pragma D binding "1.0" one
inline int one = 1;
