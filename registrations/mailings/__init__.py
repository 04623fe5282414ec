"""Mails that no change of a seat causes: reminders, announcements, links that somebody asks for."""
