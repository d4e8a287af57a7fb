
#include "nosuch.h"
BEGIN { }
