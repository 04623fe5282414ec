"""What is stored about a person: shown to them, erased by them, and anonymised after the term."""
