/* A class, and no variable. */
self struct s { int a; };
