/* It has 31 bits and a sign. */
enum e { A = 2147483648 };
