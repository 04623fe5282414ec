"""The clock of a rehearsal is moved forward, and what happens on the way happens; the box in which its mails are."""
