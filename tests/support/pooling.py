"""The settings of deploy/pgbouncer for a PgBouncer on this machine, with other places, ports and size."""

import configparser

from tests.support.paths import ROOT

EXAMPLE = ROOT / "deploy" / "pgbouncer" / "pgbouncer.ini"


def write_settings(folder, *, name, database_port, port, size, user, password):
    """The path of the file; `size` is the number of connections to the database `name`."""
    settings, users, place = configparser.ConfigParser(), folder / "userlist.txt", folder / "pgbouncer.ini"
    settings.read(EXAMPLE)
    users.write_text(f'"{user}" "{password}"\n')
    settings["databases"] = {name: f"host=127.0.0.1 port={database_port} dbname={name}"}
    own = {"listen_port": str(port), "auth_file": str(users), "default_pool_size": str(size)}
    # Nothing outside the folder.
    settings["pgbouncer"].update(own | {"unix_socket_dir": ""})
    for elsewhere in ("logfile", "pidfile"):
        del settings["pgbouncer"][elsewhere]
    with place.open("w") as file:
        settings.write(file)
    return place
