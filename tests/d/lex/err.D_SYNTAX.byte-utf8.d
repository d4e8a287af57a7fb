BEGIN { x = é; }
