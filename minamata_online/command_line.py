"""What manage.py runs: commands, on tables that are not newer than this version."""

from django.core.management import ManagementUtility

from minamata_online import table_version

# They show, make or leave alone what is in the database, or say themselves what they need; check_beat is asked about a
# process that runs on, whatever becomes of the tables.
ON_ANY_TABLES = {
    *("check", "check_beat", "collectstatic", "dbshell", "diffsettings", "findstatic", "help", "migrate"),
    *("makemessages", "compilemessages", "makemigrations", "move_database", "optimizemigration", "showmigrations"),
    *("sqlmigrate", "squashmigrations", "startapp", "version"),
}


class CommandLine(ManagementUtility):
    def fetch_command(self, subcommand):
        """Django is set up by now."""
        if subcommand not in ON_ANY_TABLES:
            table_version.require_not_newer()
        return super().fetch_command(subcommand)
