"""What people say of a session afterwards, in a way that nobody can tell who said what (decision 0081)."""
