#!/usr/bin/env python3
"""The same fan-out through OmaIm and through its neighbours, as far as they are installed, each alone on one core.

    perf/neighbours.py                         # all, three shapes in a room of 100, and pairs
    perf/neighbours.py omaim nats redis --shapes 10x3 --runs 5
    perf/neighbours.py omaim-sessions kamailio reference --shapes pairs --runs 5 --reference ./switch

A shape is senders x messages that each has in flight, in one room of 100; "pairs" is 1,000 rooms of two, one sender each, 1x1; of omaim-sessions
1,000 one-to-one sessions that are made by SIP and relayed.
Every run is checked: a figure is printed only if nothing was missing, doubled, out of order or damaged.
"""

import argparse
import contextlib
import os
import pathlib
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile

import omaim

PAIRS = 1000
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"  # servers stand where not everybody looks
SHAPES = ["1x1", "10x1", "10x3", "pairs"]


class OmaIm:
    """The server of this repository, driven by SIP and MSRP; members answer as they are asked."""

    def __init__(self, settings=()):
        self.settings = settings

    is_installed = True

    @contextlib.contextmanager
    def serving(self, folder, core, port):
        with omaim.serving(folder, core, port, self.settings, rooms=PAIRS) as process:
            yield process

    def takes(self, shape):
        return True

    def run(self, core, port, folder, process, shape, arguments):
        if shape == "pairs":
            place = ["--rooms", PAIRS, "--members", 2]
        else:
            place = ["--members", 100]
        return omaim.run_load(core, port, folder, [*place, "--pid", process.pid, *arguments])


class Sessions(OmaIm):
    """
    The one-to-one sessions of the server of this repository, made by SIP and anchored: a driver holds the dialogs, another one drives MSRP as it
    does for the relay alone. Receivers answer every message; with "partial" none, as behind Kamailio.
    """

    def __init__(self, protocol):
        super().__init__()
        self._protocol = protocol

    def takes(self, shape):
        return shape == "pairs"

    def run(self, core, port, folder, process, shape, arguments):
        paths, report = folder / "members.txt", folder / "neighbour.json"
        with omaim.holding(core, port, folder, ["--sessions", PAIRS, "--path-file", paths], lambda: count_lines(paths) == 2 * PAIRS):
            place = ["--paths", paths, "--topics", PAIRS, "--members", 2]
            command = [omaim.LOAD, "neighbour", self._protocol, "--server", f"127.0.0.1:{port + 1}", "--pid", process.pid, "--json", report, *place, *arguments]
            return omaim.run_checked(omaim.pinned(core, command), report)


class Neighbour:
    """Another server, driven by `omaim-load neighbour`."""

    def __init__(self, protocol, binary, command, has_rooms=True):
        self._protocol, self._binary, self._command, self._has_rooms = protocol, binary, command, has_rooms

    @property
    def is_installed(self):
        return shutil.which(self._binary, path=PATH) is not None

    def takes(self, shape):
        return self._has_rooms or shape == "pairs"

    @contextlib.contextmanager
    def serving(self, folder, core, port):
        log = folder / "server.log"
        with open(log, "wb") as output:
            process = subprocess.Popen(
                omaim.pinned(core, self._command(folder, port)), stdout=output, stderr=output, cwd=folder, env={**os.environ, "PATH": PATH})
        try:
            omaim.wait_until(lambda: answers(port), process, self._protocol, log)
            yield process
        finally:
            omaim.stop(process)

    def run(self, core, port, folder, process, shape, arguments):
        place = ["--topics", PAIRS, "--members", 2] if shape == "pairs" else ["--members", 100]
        report = folder / "neighbour.json"
        command = [omaim.LOAD, "neighbour", self._protocol, "--server", f"127.0.0.1:{port}", "--pid", process.pid, "--json", report, *place, *arguments]
        return omaim.run_checked(omaim.pinned(core, command), report)


class Anchor(Neighbour):
    """The relay of one-to-one sessions of this repository without SIP. Receivers answer every message; with "partial" none, as behind Kamailio."""

    is_installed = True

    def __init__(self, protocol):
        super().__init__(protocol, omaim.LOAD, lambda folder, port: [omaim.LOAD, "anchor", "--port", port, "--sessions", PAIRS], has_rooms=False)

    def run(self, core, port, folder, process, shape, arguments):
        return super().run(core, port, folder, process, shape, ["--paths", folder / "server.log", *arguments])


class Reference(Neighbour):
    """The reference switch of ratios.py, to which a session is a room of two and the paths say all."""

    binary = None

    def __init__(self, protocol):
        super().__init__(protocol, "reference", lambda folder, port: [self.binary, "-p", port, "-d", "100"], has_rooms=False)

    @property
    def is_installed(self):
        return self.binary is not None

    def run(self, core, port, folder, process, shape, arguments):
        paths = folder / "members.txt"
        paths.write_text("".join(
            f"session-{pair} member-{side} 127.0.0.1 {port} msrp://127.0.0.1:{port}/{pair}.{side};tcp msrp://127.0.0.1:9/{pair}.{side};tcp\n"
            for pair in range(PAIRS) for side in range(2)))
        return super().run(core, port, folder, process, shape, ["--paths", paths, *arguments])


def count_lines(path):
    return path.read_bytes().count(b"\n") if path.exists() else 0


def answers(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def nats(folder, port):
    return ["nats-server", "-a", "127.0.0.1", "-p", port]


def redis(folder, port):
    # Nothing on disk, and no subscriber is cut off for what waits for it.
    return ["redis-server", "--bind", "127.0.0.1", "--port", port, "--save", "", "--dir", folder, "--client-output-buffer-limit", "pubsub 0 0 0"]


def ejabberd(folder, port):
    (folder / "ejabberd.yml").write_text(f"""
hosts: [localhost]
loglevel: error
auth_method: [anonymous]
anonymous_protocol: sasl_anon
listen:
  - port: {port}
    ip: "127.0.0.1"
    module: ejabberd_c2s
    max_stanza_size: infinity
    backlog: 4096
    shaper: none
    access: all
modules:
  mod_muc:
    access: all
    access_create: all
    history_size: 0
    max_users: 5000
    max_user_conferences: 5000
""")
    # As ejabberdctl does it, but in the foreground, without a node name, and with everything in the folder.
    libraries = next(pathlib.Path("/usr/lib").glob("*/ejabberd-*"), pathlib.Path("/usr/lib/none")).parent
    variables = [f"EJABBERD_CONFIG_PATH={folder}/ejabberd.yml", f"EJABBERD_LOG_PATH={folder}/ejabberd.log", f"ERL_LIBS={libraries}", f"HOME={folder}"]
    return ["env", *variables, "erl", "-noinput", "+K", "true", "-mnesia", "dir", f'"{folder}/mnesia"', "-s", "ejabberd"]


def kamailio(folder, port):
    # The module's own example without the question who it is. One process reads all connections: there is one core.
    (folder / "kamailio.cfg").write_text(f"""#!KAMAILIO
debug=-3
log_stderror=yes
auto_aliases=no
children=1
tcp_children=1
tcp_accept_no_cl=yes
tcp_connection_lifetime=3600
tcp_max_connections=8192
listen=tcp:127.0.0.1:{port}
loadmodule "msrp.so"
loadmodule "pv.so"
modparam("msrp", "cmap_size", 12)
request_route {{ drop; }}
event_route[msrp:frame-in] {{
    msrp_reply_flags("1");
    if (msrp_is_reply()) {{ msrp_relay(); exit; }}
    if ($msrp(method) == "AUTH") {{ msrp_cmap_save(); exit; }}
    if ($msrp(nexthops) > 0 && msrp_cmap_lookup()) {{
        msrp_reply("200", "OK");
        msrp_relay_flags("1");
        msrp_relay();
    }} else {{
        msrp_reply("481", "Session-does-not-exist");
    }}
}}
""")
    return ["kamailio", "-DD", "-E", "-m", 256, "-f", folder / "kamailio.cfg", "-Y", folder, "-w", folder]


# omaim-eager sends at once, as the neighbours do, instead of waiting up to 5 ms for more when there is much to send.
SERVERS = {
    "omaim": OmaIm(),
    "omaim-eager": OmaIm(["Msrp:FlushMilliseconds=0"]),
    "nats": Neighbour("nats", "nats-server", nats),
    "redis": Neighbour("redis", "redis-server", redis),
    "ejabberd": Neighbour("xmpp", "ejabberdctl", ejabberd),
    "omaim-sessions": Sessions("anchor"),
    "omaim-sessions-partial": Sessions("anchor-partial"),
    "omaim-relay": Anchor("anchor"),
    "omaim-relay-partial": Anchor("anchor-partial"),
    "reference": Reference("anchor"),
    "reference-partial": Reference("anchor-partial"),
    "kamailio": Neighbour("msrp-relay", "kamailio", kamailio, has_rooms=False),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("servers", nargs="*", metavar="SERVER", help=f"which of {', '.join(SERVERS)}; default: all")
    parser.add_argument("--shapes", nargs="+", default=SHAPES, metavar="SHAPE", help=f"default: {' '.join(SHAPES)}")
    parser.add_argument("--runs", type=int, default=1, help="rounds, everybody in turn; medians are printed")
    parser.add_argument("--reference", type=os.path.abspath, metavar="PROGRAM", help="the reference switch of ratios.py; without it there is none")
    parser.add_argument("--size", type=int, default=64, help="bytes of text in a message")
    parser.add_argument("--warm", type=int, default=8, help="seconds of load before measuring")
    parser.add_argument("--seconds", type=int, default=10, help="seconds of measuring")
    parser.add_argument("--port", type=int, default=24000, help="first of three ports")
    parser.add_argument("--server-core", type=int, default=0)
    parser.add_argument("--driver-core", type=int, default=1)
    options = parser.parse_args()
    for name in options.servers:
        if name not in SERVERS:
            parser.error(f"{name} is none of {', '.join(SERVERS)}")
    for shape in options.shapes:
        if not re.fullmatch(r"pairs|[1-9]\d*x[1-9]\d*", shape):
            parser.error(f"{shape} is neither pairs nor SENDERSxWINDOW")
    omaim.require_build()
    Reference.binary = options.reference
    names = options.servers or list(SERVERS)
    print(table(names, options.shapes, measure(names, options)))


def measure(names, options):
    """{(server, shape): [report, ...]}, or a text instead of the list where there are none and never will be."""
    results = {}
    for _ in range(options.runs):
        for name in names:
            for shape in options.shapes:
                server, key = SERVERS[name], (name, shape)
                if not server.is_installed:
                    results[key] = "not installed"
                elif not server.takes(shape):
                    results[key] = "-"
                elif not isinstance(results.get(key), str):
                    print(f"{name} {shape}", file=sys.stderr, flush=True)
                    try:
                        results.setdefault(key, []).append(run(server, shape, options))
                    except omaim.Failure as failure:
                        print(failure, file=sys.stderr)
                        results[key] = "failed"
    return results


def run(server, shape, options):
    """Starts the server anew, so that no run inherits anything from the one before."""
    senders, window = (1, 1) if shape == "pairs" else shape.split("x")
    arguments = ["--senders", senders, "--window", window, "--size", options.size, "--warm", options.warm, "--duration", options.seconds]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with server.serving(folder, options.server_core, options.port) as process:
            return server.run(options.driver_core, options.port, folder, process, shape, arguments)


def table(names, shapes, results):
    """Deliveries per CPU-second of the server, and behind them p99."""
    lines = ["| server | " + " | ".join(shapes) + " |", "|---|" + "--:|" * len(shapes)]
    for name in names:
        lines.append(f"| {name} | " + " | ".join(cell(results[name, shape]) for shape in shapes) + " |")
    return "\n".join(lines)


def cell(reports):
    if isinstance(reports, str):
        return reports
    per_cpu = statistics.median(report["server"]["deliveriesPerCpuSecond"] for report in reports)
    p99 = statistics.median(report["latencyMicroseconds"]["p99"] for report in reports) / 1000
    return f"{per_cpu:,.0f} ({p99:.1f} ms)"


if __name__ == "__main__":
    try:
        main()
    except omaim.Failure as failure:
        sys.exit(f"neighbours: {failure}")
