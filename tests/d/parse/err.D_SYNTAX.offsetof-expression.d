BEGIN { x = offsetof(1, a); }
