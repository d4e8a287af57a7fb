BEGIN { x[] = 2; }
