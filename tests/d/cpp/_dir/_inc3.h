#include "_inc2.h"
