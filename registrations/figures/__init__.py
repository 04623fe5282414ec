"""Figures of a season: counted, kept when it closes, small numbers hidden before they leave the Secretariat."""
