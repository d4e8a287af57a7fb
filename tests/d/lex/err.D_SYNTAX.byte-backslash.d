BEGIN { x = \ 1; }
