#foo
BEGIN { }
