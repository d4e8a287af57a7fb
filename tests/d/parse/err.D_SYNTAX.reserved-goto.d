BEGIN { goto (1) x = 2; }
