"""Certificates: who gets one, issuing, withdrawing and replacing them, the paper, and the check by anybody."""
