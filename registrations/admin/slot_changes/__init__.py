"""Changes of time slots, how far their mails are, and taking one back."""
