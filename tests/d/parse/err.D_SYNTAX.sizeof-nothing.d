BEGIN { x = sizeof (); }
