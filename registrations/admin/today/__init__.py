"""What the start page says of people and mails: what needs staff, what colleagues did, people found."""
