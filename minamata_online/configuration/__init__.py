"""What each setting may be, where its value comes from, and the settings that are tables."""
