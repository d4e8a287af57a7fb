struct s { int a; };
struct i { int b; };
translator struct s < struct i *p > {
	trace(1);
};
