#!/usr/bin/env python3
"""A large file through one-to-one sessions that omaim-server anchors, beside a plain copy: PASSED or FAILED, as `omaim-load file` judges.

    perf/file.py                                             # 1,000 MB, three times each way
    perf/file.py --server src/Appliance/bin/Release/net10.0/linux-x64/publish/omaim-server -- --megabytes 4000 --json file.json

Starts the server for it. Nothing is pinned: sender, server and receiver share the machine, and so do they with the plain copy.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import omaim


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", type=pathlib.Path, default=omaim.SERVER, help="the program; default: the one that is built")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a key of the server's configuration; may be repeated")
    parser.add_argument("--port", type=int, default=24000, help="first of three ports")
    parser.add_argument("arguments", nargs="*", help="passed on to omaim-load file")
    options = parser.parse_args()
    omaim.require_build()
    with tempfile.TemporaryDirectory() as folder:
        with omaim.serving(pathlib.Path(folder), None, options.port, options.set, program=options.server) as server:
            place = ["--server", f"127.0.0.1:{options.port}", "--accounts", "load", "--count", "2", "--pid", str(server.pid)]
            return subprocess.run([omaim.LOAD, "file", *place, *options.arguments]).returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except omaim.Failure as failure:
        sys.exit(f"file: {failure}")
