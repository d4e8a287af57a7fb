BEGIN { "f"(4); }
