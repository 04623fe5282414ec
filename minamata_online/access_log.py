from gunicorn.glogging import Logger

from minamata_online.log_lines import without_keys


class AccessLog(Logger):
    """For gunicorn's --logger-class: the path as the application sees it, since the raw one may have escapes."""

    def atoms(self, resp, req, environ, request_time):
        atoms = super().atoms(resp, req, environ, request_time)
        path = without_keys(environ.get("PATH_INFO", ""))
        atoms["r"] = f"{atoms['m']} {path} {atoms['H']}"
        return atoms | {"U": path, "q": "", "f": without_keys(atoms["f"].partition("?")[0])}
