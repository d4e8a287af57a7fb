/* Conditions are blocks that lead forwards; a predicate leads to the last one */
BEGIN /pid > 1 && uid/ { n = ppid ? 1 : 2; if (n == 1) { n++; } else if (!n) n = 3; }
