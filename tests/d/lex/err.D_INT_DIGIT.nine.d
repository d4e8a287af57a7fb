BEGIN { x = 0779; }
