BEGIN { switch (1) x = 2; }
