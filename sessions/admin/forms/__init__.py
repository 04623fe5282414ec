"""Forms and fields of the admin of the programme."""
