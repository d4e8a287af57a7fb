#include "_self.h"
