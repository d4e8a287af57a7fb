translator struct s { };
