inline x = 1;
