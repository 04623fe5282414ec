"""The handbook for staff: docs/handbook/ as pages of the desk, and which chapter helps with which page."""
