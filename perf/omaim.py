"""Starts omaim-server and runs omaim-load against it, each pinned to a core. For the scripts beside this file."""

import contextlib
import json
import os
import pathlib
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SERVER = ROOT / "src/Appliance/bin/Release/net10.0/omaim-server"
LOAD = ROOT / "perf/Load/bin/Release/net10.0/omaim-load"

STARTING = 60  # seconds
STOPPING = 15


class Failure(Exception):
    """What the person at the terminal should read instead of a traceback."""


def require_build():
    for binary in (SERVER, LOAD):
        if not binary.exists():
            raise Failure(f"{binary} is not there: dotnet build -c Release OmaIm.sln")


def pinned(core, command):
    """With None for the core wherever there is room."""
    place = [] if core is None else ["taskset", "-c", str(core)]
    return [*place, *[str(part) for part in command]]


@contextlib.contextmanager
def serving(folder, core, port, settings=(), environment=None, rooms=1, program=SERVER):
    """The server, ready: SIP on `port`, MSRP on the next one, HTTP on the one after. Yields its process; stopped at the end."""
    configuration = folder / "omaim.json"
    configuration.write_bytes(subprocess.run([LOAD, "config", "--rooms", str(rooms)], check=True, stdout=subprocess.PIPE).stdout)
    keys = [f"Sip:Udp:Port={port}", f"Sip:Tcp:Port={port}", f"Msrp:Port={port + 1}", f"Http:Port={port + 2}", *settings]
    log = folder / "omaim-server.log"
    with open(log, "wb") as output:
        command = pinned(core, [program, "--config", configuration, *[f"--{key}" for key in keys]])
        process = subprocess.Popen(command, stdout=output, stderr=output, env={**os.environ, **(environment or {})})
    try:
        wait_until(lambda: "/readyz" in log.read_text(), process, "omaim-server", log)
        yield process
    finally:
        stop(process)


def wait_until(is_ready, process, name, log):
    deadline = time.monotonic() + STARTING
    while not is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise Failure(f"{name} did not start:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.1)


def stop(process):
    process.terminate()
    try:
        process.wait(STOPPING)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def load_command(core, port, report, arguments):
    """A run of omaim-load against the server on these ports; its figures go to the file `report`."""
    return pinned(core, [LOAD, "--server", f"127.0.0.1:{port}", "--accounts", "load", "--json", report, *arguments])


@contextlib.contextmanager
def holding(core, port, folder, arguments, is_ready):
    """Dialogs against the server on these ports, made and held by omaim-load until the end."""
    log = folder / "hold.log"
    with open(log, "wb") as output:
        command = pinned(core, [LOAD, "--server", f"127.0.0.1:{port}", "--accounts", "load", "--hold", *arguments])
        process = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        wait_until(is_ready, process, "omaim-load --hold", log)
        yield
    finally:
        stop(process)


def run_load(core, port, folder, arguments):
    """Runs the driver and returns its report."""
    report = folder / "load.json"
    return run_checked(load_command(core, port, report, arguments), report)


def run_checked(command, report):
    """Every fault is a failure, because figures of a faulty run mean nothing."""
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if run.returncode != 0:
        raise Failure(f"omaim-load ended with {run.returncode}:\n{run.stdout[-3000:]}")
    return read_report(report)


def read_report(report):
    return json.loads(report.read_text())
