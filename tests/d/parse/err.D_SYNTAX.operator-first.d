BEGIN { * ; }
