"""What the start page says of the programme: slots of the next days, sessions that lack something, sessions found."""
