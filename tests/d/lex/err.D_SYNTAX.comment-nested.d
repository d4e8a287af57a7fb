/* a
/* b */
BEGIN { }
