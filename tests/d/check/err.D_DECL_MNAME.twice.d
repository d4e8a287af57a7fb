/* Two members of one name. */
struct s { int a; char a; };
