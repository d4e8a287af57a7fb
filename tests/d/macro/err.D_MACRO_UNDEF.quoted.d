BEGIN { x = $$1; }
