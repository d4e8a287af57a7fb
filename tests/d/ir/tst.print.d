/* Types for print() */
enum e { RED, GREEN = 5 };
struct q { enum e e; char name[4]; struct q *next; };
struct q v;
BEGIN { print(v); print(*(struct q *)alloca(16)); }
