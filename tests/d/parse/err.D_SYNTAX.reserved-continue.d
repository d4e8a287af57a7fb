BEGIN { continue (1) x = 2; }
