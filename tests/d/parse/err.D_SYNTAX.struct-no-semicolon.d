struct s { int x }
