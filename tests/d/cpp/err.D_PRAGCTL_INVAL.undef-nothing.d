#undef
BEGIN { }
