/* Keys of an array are arguments; a value is read and written under the same */
BEGIN { a[1, "x"] += 2; self->n[pid]--; a[1, "x"] = 0; }
