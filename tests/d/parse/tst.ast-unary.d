/* Prefix operators nest. */
BEGIN { - -x; !~x; **p; *&p; ++*p; -++x; sizeof sizeof x; (char *)-1; }
