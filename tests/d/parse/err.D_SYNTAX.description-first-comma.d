, BEGIN { }
