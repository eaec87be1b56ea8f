#!/usr/bin/env python3
"""How long the published server takes from exec to its first connections, what that costs, and how large it is at rest.

    dotnet publish src/Appliance -c Release
    perf/start.py src/Appliance/bin/Release/net10.0/*/publish/omaim-server --runs 21

Every start is a new process on ports of its own, on loopback, with the demo configuration. A connection counts from the answer to its first
request: the kernel completes the connect itself, long before anybody has accepted. On a busy machine believe the smallest value and the CPU time.
"""
import argparse
import contextlib
import os
import signal
import socket
import statistics
import subprocess
import time

TICK = os.sysconf("SC_CLK_TCK")
GIVE_UP = 30.0

SIP = (b"OPTIONS sip:localhost SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:9;branch=z9hG4bKstart\r\nMax-Forwards: 70\r\n"
       b"From: <sip:start@localhost>;tag=1\r\nTo: <sip:localhost>\r\nCall-ID: start\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n")
MSRP = (b"MSRP start001 SEND\r\nTo-Path: msrp://127.0.0.1:9/nobody;tcp\r\nFrom-Path: msrp://127.0.0.1:9/start;tcp\r\n"
        b"Message-ID: start\r\nByte-Range: 1-0/0\r\n-------start001$\r\n")
READY = b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

COLUMNS = [
    ("connect", "ms", "the first connect that the kernel completes on the SIP port"),
    ("SIP", "ms", "an answer to OPTIONS over TCP"),
    ("MSRP", "ms", "an answer to SEND"),
    ("ready", "ms", "/readyz says 200"),
    ("CPU", "ms", "CPU time of the process until then, in steps of %d ms" % (1000 // TICK)),
    ("RSS", "MB", "resident after a rest; nobody has talked to it"),
    ("RSS asked", "MB", "resident after the three requests above and a rest"),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("server", help="the published omaim-server")
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--rest", type=float, default=3, help="seconds of rest before the memory is read")
    parser.add_argument("--port", type=int, default=0, help="first of three ports; default: free ones")
    arguments, extra = parser.parse_known_args()
    if not os.access(arguments.server, os.X_OK):
        parser.error(f"server: found no program at {arguments.server}, expected what 'dotnet publish src/Appliance -c Release' makes")

    start_and_ask(arguments, extra)  # brings the files into memory
    runs = []
    for _ in range(arguments.runs):
        *times, asked = start_and_ask(arguments, extra)
        runs.append([*times, start_and_rest(arguments, extra), asked])
    print("| | unit | min | median | max | |\n|---|---|--:|--:|--:|---|")
    for column, (name, unit, meaning) in enumerate(COLUMNS):
        values = sorted(run[column] for run in runs)
        print(f"| {name} | {unit} | {values[0]:.0f} | {statistics.median(values):.0f} | {values[-1]:.0f} | {meaning} |")


def start_and_ask(arguments, extra):
    begin = time.monotonic()
    with running(arguments, extra) as (server, sip, msrp, http):
        # Every time is from the exec; they are asked for in the order in which they come true.
        with connect(server, sip, begin) as connection:
            connected = since(begin)
            ask(connection, SIP, b"SIP/2.0 ")
            sip_answer = since(begin)
        with connect(server, msrp, begin) as connection:
            ask(connection, MSRP, b"MSRP ")
            msrp_answer = since(begin)
        while True:
            with connect(server, http, begin) as connection:
                if b" 200 " in ask(connection, READY, b"HTTP/1.1 "):
                    break
        ready = since(begin)
        cpu = cpu_time(server.pid)
        time.sleep(arguments.rest)
        return [connected, sip_answer, msrp_answer, ready, cpu, resident(server.pid)]


def start_and_rest(arguments, extra):
    with running(arguments, extra) as (server, *_):
        while b"is ready" not in (line := server.stdout.readline()):
            if not line:
                raise SystemExit(f"the server ended with {server.wait()}")
        time.sleep(arguments.rest)
        return resident(server.pid)


@contextlib.contextmanager
def running(arguments, extra):
    sip, msrp, http = [arguments.port + i for i in range(3)] if arguments.port else free_ports(3)
    command = [arguments.server, f"--Sip:Udp:Port={sip}", f"--Sip:Tcp:Port={sip}", f"--Msrp:Port={msrp}", f"--Http:Port={http}", *extra]
    server = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        yield server, sip, msrp, http
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=GIVE_UP)


def connect(server, port, begin):
    """Tries until somebody listens."""
    while True:
        connection = socket.socket()
        connection.settimeout(GIVE_UP)
        try:
            connection.connect(("127.0.0.1", port))
            return connection
        except ConnectionRefusedError:
            connection.close()
        if server.poll() is not None:
            raise SystemExit(f"the server ended with {server.returncode}")
        if since(begin) > GIVE_UP * 1000:
            raise SystemExit(f"nobody listens on {port}")
        time.sleep(0.0005)


def ask(connection, request, beginning):
    connection.sendall(request)
    answer = connection.recv(4096)
    if not answer.startswith(beginning):
        raise SystemExit(f"an odd answer: {answer!r}")
    return answer


def since(begin):
    return (time.monotonic() - begin) * 1000


def cpu_time(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / TICK


def resident(pid):
    """In MB of 10^6 bytes."""
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS:")) * 1024 / 1e6


def free_ports(count):
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


if __name__ == "__main__":
    main()
