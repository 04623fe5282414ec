"""Who is on the staff: inviting a colleague, roles, forgotten passwords, lost second factors, and removing somebody."""
