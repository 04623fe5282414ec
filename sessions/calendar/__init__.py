"""The programme as calendar text: events, feeds, and how programs fetch them."""
