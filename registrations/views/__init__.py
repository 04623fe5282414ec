"""The pages of registrations, one module for each address or small family of addresses."""
