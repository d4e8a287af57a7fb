BEGIN { x = 12$1; }
