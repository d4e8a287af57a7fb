BEGIN { for (1) x = 2; }
