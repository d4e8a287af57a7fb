BEGIN { (trace)(4); }
