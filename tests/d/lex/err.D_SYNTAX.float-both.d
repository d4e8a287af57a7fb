BEGIN { x = 12.34e-5; }
