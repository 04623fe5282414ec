"""What calendars answer to our invitations (iTIP REPLY): read from a mailbox, and asked about once."""
