BEGIN { a->b(4); }
