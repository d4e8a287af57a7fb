#define add(a, b) a + b
#include "_inc.h"
BEGIN { x = add(1,
 2); }
BEGIN { = ; }
