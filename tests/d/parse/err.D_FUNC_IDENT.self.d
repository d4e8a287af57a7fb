BEGIN { self->f(4); }
