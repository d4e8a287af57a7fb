/* Nor as a member. */
struct s { struct nosuch a; };
