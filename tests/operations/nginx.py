"""nginx of Debian with deploy/nginx/ in it: its own nginx.conf, in a folder of the test, on other ports."""

import os
import subprocess
from pathlib import Path

from tests.deploy.image import ORDINARY_USER
from tests.support.certificates import certificate_for_loopback
from tests.support.paths import ROOT
from tests.support.servers import Guardian, free_port, signal_group, wait_until

MAIN = Path("/etc/nginx/nginx.conf")
SITE = ROOT / "deploy" / "nginx" / "minamata-online.conf"
CACHE = ROOT / "deploy" / "nginx" / "public-cache.conf"
CERTIFICATES = "/etc/letsencrypt/live/online.example.org"
TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]


class Nginx:
    """Its ports, and everything that it wrote to a log."""

    def __init__(self, folder, web_port, *, has_cache=False, watchers=None):
        """`watchers`: networks that may ask /readyz, in the place of this machine and private ones."""
        self._has_cache, self._watchers = has_cache, watchers
        self.folder, self.http, self.https = Path(folder), free_port(), free_port()
        self._places = {
            "127.0.0.1:8000": f"127.0.0.1:{web_port}",
            "listen 80;": f"listen 127.0.0.1:{self.http};",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{self.https} ssl http2;",
            "    listen [::]:80;\n": "",
            "    listen [::]:443 ssl http2;\n": "",
            f"{CERTIFICATES}/fullchain.pem": str(certificate_for_loopback()),
            f"{CERTIFICATES}/privkey.pem": str(certificate_for_loopback()),
            "/var/lib/minamata-online/static": str(self.folder / "static"),
            "/var/lib/minamata-online/media": str(self.folder / "media"),
            "/var/log/nginx": str(self.folder / "logs"),
        }

    def __enter__(self):
        for name in ("logs", "temporary"):
            (self.folder / name).mkdir()
        (self.folder / "site.conf").write_text(self._site())
        (self.folder / "nginx.conf").write_text(self._main())
        self._process, self._guardian = self._started(), Guardian()
        self._guardian.watch(self._process)
        wait_until(lambda: (self.folder / "nginx.pid").exists(), self._process, self.folder / "output")
        return self

    def __exit__(self, *_):
        signal_group(self._process, 15)
        self._process.wait(timeout=20)
        self._guardian.dismiss()

    def _started(self):
        prefix = ORDINARY_USER if os.getuid() == 0 else []
        command = [*prefix, "nginx", "-g", "daemon off;", "-c", str(self.folder / "nginx.conf")]
        with (self.folder / "output").open("wb") as output:
            return subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)

    def _site(self) -> str:
        text = SITE.read_text()
        for before, after in self._places.items():
            assert before in text, before
            text = text.replace(before, after)
        return text if self._watchers is None else self._with_watchers(text)

    def _with_watchers(self, text) -> str:
        lines = [line for line in text.splitlines() if not line.strip().startswith("allow ")]
        allowed = [f"        allow {network};" for network in self._watchers]
        at = lines.index("        deny all;")
        return "\n".join([*lines[:at], *allowed, *lines[at:]])

    def _main(self) -> str:
        text = MAIN.read_text().replace("/var/log/nginx", str(self.folder / "logs"))
        text = text.replace("/run/nginx.pid", str(self.folder / "nginx.pid"))
        text = text.replace("include /etc/nginx/modules-enabled/*.conf;", "")
        text = text.replace("include /etc/nginx/conf.d/*.conf;", self._temporary_folders() + self._cache())
        return text.replace("/etc/nginx/sites-enabled/*", str(self.folder / "site.conf"))

    def _cache(self) -> str:
        text = CACHE.read_text().replace("/var/cache/nginx/minamata-online", str(self.folder / "temporary" / "cache"))
        return text if self._has_cache else ""

    def _temporary_folders(self) -> str:
        return "".join(f"{name}_temp_path {self.folder}/temporary/{name};\n" for name in TEMPORARY)

    def logs(self) -> str:
        paths = [*(self.folder / "logs").iterdir(), self.folder / "output"]
        return "\n".join(path.read_text() for path in paths)
