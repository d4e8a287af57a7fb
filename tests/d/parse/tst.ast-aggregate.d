/* Aggregations in statements and as arguments. */
BEGIN { @ = count(); @a[x, "k"] = sum(1); printa(@a); clear(@); }
