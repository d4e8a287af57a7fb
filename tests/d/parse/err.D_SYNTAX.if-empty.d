BEGIN { if () x = 1; }
