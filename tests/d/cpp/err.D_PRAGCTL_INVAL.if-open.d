BEGIN { }
#if 1

