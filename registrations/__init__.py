"""People, their seats in time slots, and the mails that tell of them."""
