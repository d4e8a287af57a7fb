#include "_self.h"
BEGIN { }
