"""The coming sessions on web pages of others: a script, a fragment, and the page with what to copy (decision 0085)."""
