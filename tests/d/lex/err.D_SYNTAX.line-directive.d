BEGIN { }
#line 100
BEGIN { x = ; }
