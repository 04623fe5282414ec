"""What is known of a person: who they are, what they agreed to, what may be typed about them."""
