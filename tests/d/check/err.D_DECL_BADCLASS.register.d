/* There are no registers to have. */
register int x;
