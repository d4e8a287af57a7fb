BEGIN { x = 1.; }
