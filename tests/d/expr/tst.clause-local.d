/* this-> lives from clause to clause of one firing */
#pragma D option quiet

BEGIN { this->x = 1; }
BEGIN { this->x += 10; printf("%d\n", this->x); }
BEGIN { exit(0); }
END { printf("%d\n", this->x); }
