/* Strings with any byte in them. */
BEGIN { x = "a\"\\\0\x7f\t"; }
