#define X 1
BEGIN { x = X; }
