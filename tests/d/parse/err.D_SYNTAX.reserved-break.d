BEGIN { break (1) x = 2; }
