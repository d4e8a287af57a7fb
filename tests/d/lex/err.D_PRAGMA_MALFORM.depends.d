#pragma D depends_on foo
BEGIN { }
