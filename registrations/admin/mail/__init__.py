"""The outbox and its health, as staff see them."""
