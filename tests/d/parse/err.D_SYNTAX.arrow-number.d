BEGIN { x->1; }
