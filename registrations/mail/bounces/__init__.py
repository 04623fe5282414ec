"""Mails of ours that came back: what a mail server said, and what that means for the mailbox."""
