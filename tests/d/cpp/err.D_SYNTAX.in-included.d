#include "_bad.h"
BEGIN { }
