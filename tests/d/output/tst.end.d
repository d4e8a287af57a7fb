/* END fires after exit */
BEGIN { exit(0); }
END { trace(7); }
