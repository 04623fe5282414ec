"""How often something may be asked for, and what tells robots from people."""
