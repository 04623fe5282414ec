"""A season as files that need no server of ours: pages, calendars, published files and data, with relative links."""
