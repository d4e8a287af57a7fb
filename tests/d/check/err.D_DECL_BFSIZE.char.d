/* A char has 8. */
struct s { unsigned char a:9; };
