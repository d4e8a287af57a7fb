probe x;
