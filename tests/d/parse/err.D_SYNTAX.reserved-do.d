BEGIN { do (1) x = 2; }
