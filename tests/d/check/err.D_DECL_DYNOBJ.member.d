/* A string has no fixed size, so a struct cannot hold it. */
struct s { string a; };
