BEGIN { }
/* x
