#define J(a, b) a ## b
BEGIN { x = J(1, +); }
