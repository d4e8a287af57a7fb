/* A name is given once. */
enum a { ONE, TWO };
enum b { TWO, THREE };
