struct s { x; };
