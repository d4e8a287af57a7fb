BEGIN { x = xlate (y); }
