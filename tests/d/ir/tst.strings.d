/* Strings are slots, handed out like a stack */
BEGIN { s = strjoin("a", strjoin(s = "b", "c")); self->t = s == "abc" ? s : "no"; }
