"""What the pages cost the server, as ratios that mean the same on every machine."""
