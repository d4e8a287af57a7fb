/* Speculations, actions that act at once, and the default action */
BEGIN { s = speculation(); }
BEGIN { speculate(s); }
BEGIN { commit(s); discard(s); }
BEGIN { raise(9); }
END, dtrace:::ERROR { }
