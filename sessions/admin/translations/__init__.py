"""Pages of the desk on which staff translate the texts of a season or session."""
