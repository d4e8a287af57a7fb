/* The deepest of the library's functions behind a fault, where least of the kernel's stack is left */
#pragma D option quiet

BEGIN { printf("%s\n", json("{\"a\": [1, {\"b\": \"c\\\"d\"}]}", "a[1].b")); }
BEGIN { x = 1 / (arg0 - arg0); }
ERROR { printf("%s\n", json("[[0], {\"k\": [true]}]", "[1].k[0]")); exit(0); }
