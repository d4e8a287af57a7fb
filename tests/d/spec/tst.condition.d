/* A speculation that a later condition commits */
#pragma D option quiet

self int spec;

BEGIN { self->spec = speculation(); this->bad = 1; }
BEGIN /self->spec/ { speculate(self->spec); printf("the call\n"); }
BEGIN /self->spec && this->bad/ { commit(self->spec); self->spec = 0; }
BEGIN /self->spec && !this->bad/ { discard(self->spec); self->spec = 0; }
BEGIN { printf("%d\n", self->spec); exit(0); }
