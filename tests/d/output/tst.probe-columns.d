/* the columns of END */
BEGIN { exit(0); }
END { printf("bye"); }
