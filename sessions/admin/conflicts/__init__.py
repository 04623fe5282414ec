"""Two people of staff with the same form open: what only one changed is kept, the rest is asked."""
