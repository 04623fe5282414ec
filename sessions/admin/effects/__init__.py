"""What saving a form does to people who are registered, shown before it is saved."""
