BEGIN { }
# 20 "other.h"

BEGIN { x = ; }
