int x,;
