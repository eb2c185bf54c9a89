"""The built site behind a real nginx, with the files that the build wrote for it."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kbtool.config import Settings
from kbtool.site.beside.nginx import included

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
needs_nginx = pytest.mark.skipif(
    NGINX is None and not os.environ.get("KBTOOL_REQUIRE_BROWSER"),  # CI sets it
    reason="NO NGINX FOUND: headers, redirects and the policy behind nginx were NOT TESTED; "
    "install it (Debian: apt-get install nginx-light) and run the tests again",
)


def checked(conf: str, folder: Path) -> str:
    """What ``nginx -t`` says of a configuration of ``http``; empty when all is well."""
    done = subprocess.run(
        [*_command(conf, folder), "-t", "-q"], capture_output=True, text=True, check=False
    )
    return done.stderr


@contextmanager
def nginx(settings: Settings, folder: Path, *, api: int | None = None) -> Iterator[str]:
    """The address of the current release, served below the path of its ``site_url``. With ``api``,
    the example's last lines count: requests to the API go to ``kbtool serve`` on that port.
    """
    port = _free_port()
    example = settings.current_release / "hosting" / "nginx.conf"
    conf = example.read_text(encoding="utf-8").replace("listen 80;", f"listen 127.0.0.1:{port};")
    if api:
        start = conf.index("    # location ")
        conf = conf[:start] + conf[start:].replace("    # ", "    ")
        conf = conf.replace(f":{settings.server.port};", f":{api};")
    server = folder / "server.conf"
    server.write_text(conf, encoding="utf-8")
    command = [*_command(f"include {included(str(server))};", folder), "-g", "daemon off;"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as running:
        try:
            _wait_for(port, running)
            yield f"http://127.0.0.1:{port}/"
        finally:
            running.terminate()


def _command(conf: str, folder: Path) -> list[str]:
    assert NGINX, "nginx is not installed"
    temporary = "".join(
        f"{name}_temp_path {included(str(folder / name))};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = pwd.getpwuid(os.getuid()).pw_name
    main = folder / "main.conf"
    main.write_text(
        (f"user {user};\n" if user == "root" else "")
        + f'pid "{folder}/nginx.pid";\nevents {{}}\n'
        + f"http {{\naccess_log off;\n{temporary}{conf}\n}}\n",
        encoding="utf-8",
    )
    return [NGINX, "-p", str(folder), "-c", str(main), "-e", "stderr"]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _wait_for(port: int, running: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert running.poll() is None, running.stderr and running.stderr.read()
            assert time.monotonic() < end, "nginx did not start"
            time.sleep(0.02)
        else:
            return
