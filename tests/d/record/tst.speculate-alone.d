/* speculate() alone in a clause holds the default action; with more in the clause only what that records */
BEGIN { s = speculation(); }
BEGIN { speculate(s); }
BEGIN { speculate(s); x = 1; }
BEGIN { speculate(s); trace(7); }
BEGIN { commit(s); }
BEGIN { exit(0); }
