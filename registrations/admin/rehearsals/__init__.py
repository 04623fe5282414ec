"""The box in which the mails of a rehearsal are: for staff, who read them in the place of their people."""
