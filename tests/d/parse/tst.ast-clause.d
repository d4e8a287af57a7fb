/* Clauses: descriptions, predicates, no body and an empty one. */
a:b:c:d, e, 17
/x/
{ }
:::f { ; }
::*g?: /1/ ;
