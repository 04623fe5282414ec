"""Invitations, their imports and requests to be let in, as staff see and answer them."""
