/* All ERROR clauses run, with this-> of their own */
#pragma D option quiet

this int n;

ERROR { this->n++; printf("first %d\n", this->n); }
ERROR { this->n++; printf("second %d\n", this->n); }
BEGIN { this->n = 10; *(char *)0; }
BEGIN { printf("%d\n", this->n); exit(0); }
