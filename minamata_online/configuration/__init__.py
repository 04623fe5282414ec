"""What each setting may be, and where its value comes from."""
