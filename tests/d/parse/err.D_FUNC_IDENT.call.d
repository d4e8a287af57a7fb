BEGIN { rand()(4); }
