#pragma D error go away
BEGIN { }
