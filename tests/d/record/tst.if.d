/* What a clause records stands on one line, whichever of its conditions held; nothing when none did */
BEGIN { x = 2; }
BEGIN { if (x == 2) { trace(1); } if (x == 3) { trace(2); } if (x != 3) { trace(3); } }
BEGIN { if (x == 5) { trace(4); } }
BEGIN { exit(0); }
