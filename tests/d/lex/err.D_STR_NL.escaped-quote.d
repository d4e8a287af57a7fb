BEGIN { x = "a\"; }
