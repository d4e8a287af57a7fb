/* Nothing is declared elsewhere. */
extern int x;
