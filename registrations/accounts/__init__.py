"""People who prove by a code that a mailbox is theirs, and see all that is registered under it (django-allauth)."""
