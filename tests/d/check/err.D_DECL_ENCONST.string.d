/* A number. */
enum e { A, B = "two" };
