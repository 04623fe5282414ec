"""Tables of others that we look things up in: countries and areas (M49), languages."""
