"""From a use case to the mail server: rows of the outbox, their order, their words, their delivery."""
