"""The pages on which staff see who gets a certificate, issue, withdraw and replace them."""
