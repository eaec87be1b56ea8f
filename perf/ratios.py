#!/usr/bin/env python3
"""Measures omaim-server beside a reference switch, in turns, with the same outside driver on both.

The server runs on one core and the driver on another. For every shape each switch is warmed up, then runs alternate;
the medians of all runs, their ratio and the spread are printed as a table, and written as JSON with --json.

  perf/ratios.py --reference ./cswitch --driver ./drv [--runs 5] [--secs 5] [--shape NAME ...] [--json FILE]

The driver takes --paths FILE or --port P --rooms R --members N, and --senders, --window, --rate, --size, --failure-report no, --warm,
--secs, --pid; it prints one line of JSON with deliveries_per_cpu_s, p50_us and p99_us. The reference takes -p PORT -d MICROSECONDS -t MICROSECONDS.
"""

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BINARIES = {
    "server": ROOT / "src/Appliance/bin/Release/net10.0/omaim-server",
    "load": ROOT / "perf/Load/bin/Release/net10.0/omaim-load",
}
SERVER_CORE, DRIVER_CORE = "0", "1"
# Seconds of the runs before measuring. A server that is compiled at run time is not itself before 8 s, and what joins and leaves go
# through is compiled again once some hundreds have done so.
WARM_UPS = [8, 2, 2, 2]
REFERENCE_PORT = 21855


@dataclass(frozen=True)
class Shape:
    """One kind of load. A rate makes it an open loop, in deliveries a second over all rooms."""

    name: str
    rooms: int
    members: int
    senders: int
    window: int = 3
    size: int = 64
    rate: int = 0
    eager: bool = False  # the server flushes at the end of every drain
    relayed: bool = False  # one-to-one sessions, made by SIP, in the place of rooms; to the reference they are rooms of two
    answered: bool = True

    def driver_arguments(self):
        load = ["--rate", str(self.rate // (self.members - 1))] if self.rate else ["--window", str(self.window)]
        return ["--senders", str(self.senders), "--size", str(self.size), *load, *([] if self.answered else ["--failure-report", "no"])]


SHAPES = [
    Shape("1x100, 64 B", 1, 100, 10),
    Shape("1x100, 1 KB", 1, 100, 10, size=1024),
    Shape("1x100, 16 KB", 1, 100, 10, size=16384),
    Shape("100x10, 64 B", 100, 10, 1),
    Shape("10x100, 64 B", 10, 100, 10),
    Shape("1x1000, 64 B", 1, 1000, 10),
    Shape("1x1000, 1 KB", 1, 1000, 10, size=1024),
    Shape("1000x2, 64 B", 1000, 2, 1, window=1),
    Shape("1000 one-to-one sessions, 64 B", 1000, 2, 1, window=1, relayed=True),
    Shape("1000 one-to-one sessions, 64 B, unanswered", 1000, 2, 1, window=1, relayed=True, answered=False),
    Shape("200,000/s", 1, 100, 10, rate=200_000),
    Shape("200,000/s, eager", 1, 100, 10, rate=200_000, eager=True),
    Shape("500,000/s", 1, 100, 10, rate=500_000),
    Shape("500,000/s, eager", 1, 100, 10, rate=500_000, eager=True),
    Shape("one in flight", 1, 100, 1, window=1),
    Shape("one in flight, eager", 1, 100, 1, window=1, eager=True),
]


class Process:
    """A process pinned to a core, stopped by its own id."""

    def __init__(self, core, arguments, **options):
        self.process = subprocess.Popen(["taskset", "-c", core, *map(str, arguments)], **options)

    def __enter__(self):
        return self.process

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def wait_until(ready, what, seconds=60):
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            sys.exit(f"gave up waiting for {what}")
        time.sleep(0.05)


def is_ready(url):
    try:
        with urllib.request.urlopen(url, timeout=1):
            return True
    except (urllib.error.URLError, OSError):
        return False


class Omaim:
    def __init__(self, shape, folder, server_options):
        self.shape, self.folder, self.options = shape, folder, list(server_options)
        if shape.eager:
            self.options.append("--Msrp:FlushMilliseconds=0")

    def start(self):
        configuration = self.folder / "load.json"
        rooms = ["--rooms", str(self.shape.rooms), "--accounts", "100"]
        configuration.write_bytes(subprocess.run([BINARIES["load"], "config", *rooms], check=True, capture_output=True).stdout)
        process = Process(SERVER_CORE, [BINARIES["server"], "--config", configuration, *self.options], stdout=subprocess.DEVNULL)
        wait_until(lambda: is_ready("http://127.0.0.1:8080/readyz"), "the server")
        return process

    def drive(self, driver, pid, warm, secs):
        paths = self.folder / "members.txt"
        paths.unlink(missing_ok=True)
        members = self.shape.rooms * self.shape.members
        place = ["--sessions", self.shape.rooms] if self.shape.relayed else ["--rooms", self.shape.rooms, "--members", self.shape.members]
        hold = [BINARIES["load"], "--accounts", "load", *place, "--senders", "1", "--hold", "--path-file", paths]
        with Process(DRIVER_CORE, hold, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
            wait_until(lambda: paths.exists() and paths.read_bytes().count(b"\n") == members, f"{members} members")
            return run_driver(driver, ["--paths", paths], self.shape, pid, warm, secs)


class Reference:
    def __init__(self, shape, binary):
        self.shape, self.binary = shape, binary

    def start(self):
        return Process(SERVER_CORE, [self.binary, "-p", REFERENCE_PORT, "-d", "100"], stdout=subprocess.DEVNULL)

    def drive(self, driver, pid, warm, secs):
        shape = ["--port", REFERENCE_PORT, "--rooms", self.shape.rooms, "--members", self.shape.members]
        return run_driver(driver, shape, self.shape, pid, warm, secs)


def run_driver(driver, target, shape, pid, warm, secs):
    arguments = [driver, *target, *shape.driver_arguments(), "--warm", warm, "--secs", secs, "--pid", pid]
    done = subprocess.run(["taskset", "-c", DRIVER_CORE, *map(str, arguments)], capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0 or not lines:
        sys.exit(f"the driver failed on {shape.name}: {done.returncode}\n{done.stdout}{done.stderr}")
    return json.loads(lines[-1])


def measure(shape, options, folder):
    switches = {"omaim": Omaim(shape, folder, options.server_option), "reference": Reference(shape, options.reference)}
    results = {name: [] for name in switches}
    with switches["omaim"].start() as omaim, switches["reference"].start() as reference:
        pids = {"omaim": omaim.pid, "reference": reference.pid}
        for name, switch in switches.items():
            for seconds in WARM_UPS if name == "omaim" else WARM_UPS[:1]:
                switch.drive(options.driver, pids[name], 0, seconds)
        for _ in range(options.runs):
            for name, switch in switches.items():
                results[name].append(switch.drive(options.driver, pids[name], 1, options.secs))
    return results


def median(runs, key):
    return statistics.median(run[key] for run in runs)


def row(shape, results):
    ours, theirs = results["omaim"], results["reference"]
    per_second = {name: median(runs, "deliveries_per_cpu_s") for name, runs in results.items()}
    ratios = sorted(a["deliveries_per_cpu_s"] / b["deliveries_per_cpu_s"] for a, b in zip(ours, theirs))
    core = median(ours, "deliveries_per_s") / per_second["omaim"] * 100
    return (f"| {shape.name} | {per_second['omaim']:,.0f} | {per_second['reference']:,.0f} "
            f"| {per_second['omaim'] / per_second['reference']:.2f} | {ratios[0]:.2f}-{ratios[-1]:.2f} | {core:.0f} % "
            f"| {median(ours, 'p50_us') / 1000:.2f} / {median(ours, 'p99_us') / 1000:.2f} | {median(theirs, 'p50_us') / 1000:.2f} / {median(theirs, 'p99_us') / 1000:.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reference", required=True, help="the reference switch's binary")
    parser.add_argument("--driver", required=True, help="the driver's binary")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--secs", type=float, default=5, help="measured seconds of each run")
    parser.add_argument("--shape", action="append", help="only shapes whose name begins so; may be repeated")
    parser.add_argument("--server-option", action="append", default=[], help="passed on to omaim-server, such as --Msrp:DirectSockets=false")
    parser.add_argument("--json", type=Path, help="write every run to this file")
    options = parser.parse_args()
    options.reference, options.driver = os.path.abspath(options.reference), os.path.abspath(options.driver)
    programs = {"--reference": options.reference, "--driver": options.driver, "omaim-server": BINARIES["server"], "omaim-load": BINARIES["load"]}
    for name, path in programs.items():
        if not os.access(path, os.X_OK):
            parser.error(f"{name}: found no program at {path}, expected one (build with 'dotnet build -c Release OmaIm.sln')")

    wanted = [shape for shape in SHAPES if not options.shape or any(shape.name.startswith(name) for name in options.shape)]
    if not wanted:
        parser.error(f"--shape: found {options.shape}, expected beginnings of: {', '.join(shape.name for shape in SHAPES)}")

    everything = {}
    print("| work | per CPU-second | reference | ratio | single pairs | core | p50 / p99 ms | reference p50 / p99 ms |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for shape in wanted:
            everything[shape.name] = measure(shape, options, Path(folder))
            print(row(shape, everything[shape.name]), flush=True)
    if options.json:
        options.json.write_text(json.dumps(everything, indent=1) + "\n")


if __name__ == "__main__":
    main()
