/* Arithmetic in int: each result is extended to 32 bits again */
BEGIN { x = 5; y = x * 3 - (x >> 1); z = (uint8_t)y; }
