BEGIN { a[1](4); }
