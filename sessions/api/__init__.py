"""The read API: what everybody may see of the programme, for programs (decision 0084)."""
