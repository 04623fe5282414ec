"""Who was in a meeting, and for how long: reports of meeting platforms, matched with those who registered."""
