#!/usr/bin/env python3
"""Where the server's CPU time goes: runs omaim-server under load, samples it with linux-perf and draws a flame graph.

    perf/profile.py perf/replication-sockets.svg
    perf/profile.py perf/replication-pipes.svg --set Msrp:DirectSockets=false
    perf/profile.py big.svg --load "--members 100 --senders 10 --window 3 --size 16384"

Needs linux-perf, the right to use it (root, or kernel.perf_event_paranoid at 1 or below), two cores, and a Release build.
"""

import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import flamegraph
import omaim
import stacks

# perf sees code where the map says it is: the map on, no second mapping of the code, and no precompiled code, which the map lacks.
# After the warm-up the hot methods are compiled at full speed in any case.
ENVIRONMENT = {"DOTNET_PerfMapEnabled": "1", "DOTNET_EnableWriteXorExecute": "0", "DOTNET_ReadyToRun": "0"}

FREQUENCY = 999  # not a round number, so that it does not walk in step with timers
STACK_BYTES = 8192


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("svg", type=pathlib.Path, help="file to draw to")
    parser.add_argument("--set", dest="settings", metavar="KEY=VALUE", action="append", default=[], help="configuration of the server")
    parser.add_argument("--load", default="--members 100 --senders 10 --window 3 --size 64", help="arguments of omaim-load")
    parser.add_argument("--title", help="headline of the picture; default: the load and the settings")
    parser.add_argument("--warm", type=int, default=8, help="seconds of load before sampling")
    parser.add_argument("--seconds", type=int, default=20, help="seconds of sampling")
    parser.add_argument("--port", type=int, default=5060, help="first of three ports")
    parser.add_argument("--server-core", type=int, default=0)
    parser.add_argument("--driver-core", type=int, default=1)
    options = parser.parse_args()
    if shutil.which("perf") is None:
        raise omaim.Failure("linux-perf is not installed")
    omaim.require_build()
    with tempfile.TemporaryDirectory() as folder:
        folded, report = record(options, pathlib.Path(folder))
    samples = sum(folded.values())
    rate, per_cpu = report["deliveriesPerSecond"], report["server"]["deliveriesPerCpuSecond"]
    subtitle = f"{samples:,} samples; {rate:,.0f} deliveries/s, {per_cpu:,.0f} per CPU-second while sampled"
    options.svg.write_text(flamegraph.render(folded, options.title or " ".join([options.load, *options.settings]), subtitle))
    print(subtitle, flamegraph.table(folded), sep="\n")


def record(options, folder):
    with omaim.serving(folder, options.server_core, options.port, options.settings, ENVIRONMENT) as server:
        load = ["--pid", server.pid, "--warm", options.warm, "--duration", options.seconds, *options.load.split()]
        report = folder / "load.json"
        driver = subprocess.Popen(
            omaim.load_command(options.driver_core, options.port, report, load), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        time.sleep(options.warm + 1)
        data = folder / "perf.data"
        # perf itself falls back to the CPU clock where there are no hardware counters. Its own work is kept off the server's core.
        command = ["perf", "record", "-q", "-F", FREQUENCY, "--call-graph", f"dwarf,{STACK_BYTES}", "-p", server.pid, "-o", data]
        sampling = subprocess.run(omaim.pinned(options.driver_core, [*command, "--", "sleep", options.seconds - 1]), stderr=subprocess.PIPE, text=True)
        output, _ = driver.communicate()
        if sampling.returncode != 0 or driver.returncode != 0:
            raise omaim.Failure(f"perf: {sampling.returncode}\n{sampling.stderr}\nomaim-load: {driver.returncode}\n{output[-3000:]}")
        map_file = pathlib.Path(f"/tmp/perf-{server.pid}.map")
        try:
            return stacks.fold(data, map_file), omaim.read_report(report)
        finally:
            map_file.unlink(missing_ok=True)


if __name__ == "__main__":
    try:
        main()
    except omaim.Failure as failure:
        sys.exit(f"profile: {failure}")
