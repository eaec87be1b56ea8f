"""Reads what `perf record --call-graph dwarf` wrote about a .NET process and gives whole stacks.

perf finds the callers within native code by its unwind tables and gives up at the first compiled .NET method, which has none. Such methods
keep frame pointers, but the C library does not, so that following frame pointers alone (--call-graph fp) ends at every system call.
Hence both: perf's frames first, then the frame pointers in the copy of the stack that every sample holds.
"""

import bisect
import collections
import itertools
import platform
import re
import struct
import subprocess

SAMPLE = 9  # PERF_RECORD_SAMPLE in linux/perf_event.h

# Bits of perf_event_attr.sample_type in the order in which their fields stand in a sample. These are 8 bytes each:
IDENTIFIER, IP, TID, TIME, ADDR, ID, STREAM, CPU, PERIOD = 1 << 16, 1 << 0, 1 << 1, 1 << 2, 1 << 3, 1 << 6, 1 << 9, 1 << 7, 1 << 8
FIXED = (IDENTIFIER, IP, TID, TIME, ADDR, ID, STREAM, CPU, PERIOD)
# The others vary.
READ, CALLCHAIN, RAW, BRANCHES, REGISTERS, STACK = 1 << 4, 1 << 5, 1 << 10, 1 << 11, 1 << 12, 1 << 13

# Numbers of the frame pointer and the stack pointer in asm/perf_regs.h.
POINTERS = {"x86_64": (6, 7), "aarch64": (29, 31)}

KERNEL, NATIVE, FRAMEWORK, PRODUCT = "kernel", "native", "framework", "product"

Frame = collections.namedtuple("Frame", "name kind")
RawSample = collections.namedtuple("RawSample", "frame_pointer stack_pointer stack")


def fold(data, map_file):
    """Counts equal stacks of a perf.data file: {(thread, Frame, ... outermost first): samples}."""
    methods = Methods(map_file)
    raw = read_raw(data)
    folded = collections.Counter()
    for thread, key, frames in read_symbolized(data):
        stack = [frame_of(name, module) for _, name, module in frames]
        if sample := raw.get(key):
            stack += [methods.frame_at(address) for address in outer_frames(frames, sample, methods)]
        if stack:
            folded[(thread, *(frame for frame, _ in itertools.groupby(reversed(stack))))] += 1  # one that calls itself counts once
    return folded


class Methods:
    """The map that the runtime writes with DOTNET_PerfMapEnabled=1: where which method was compiled to."""

    LINE = re.compile(r"^0?x?([0-9a-fA-F]+) ([0-9a-fA-F]+) (.*)$")

    def __init__(self, path):
        with open(path, errors="replace") as lines:
            found = (self.LINE.match(line) for line in lines)
            self._methods = sorted((int(m[1], 16), int(m[2], 16), m[3]) for m in found if m)
        self._starts = [start for start, _, _ in self._methods]

    def name_at(self, address):
        index = bisect.bisect_right(self._starts, address) - 1
        if index < 0:
            return None
        start, length, name = self._methods[index]
        return name if address < start + length else None

    def frame_at(self, address):
        return frame_of(self.name_at(address), ".map")


def outer_frames(frames, sample, methods):
    """Return addresses of the .NET methods outside of the frames that perf found."""
    words = struct.unpack(f"<{len(sample.stack) // 8}Q", sample.stack[: len(sample.stack) // 8 * 8])
    end = sample.stack_pointer + 8 * len(words)

    def word(address):
        return words[(address - sample.stack_pointer) // 8]

    def is_pair(address):
        """Whether a saved frame pointer and a return address into a .NET method stand here."""
        return (sample.stack_pointer <= address < end - 8 and address % 8 == 0
                and word(address) > address and methods.name_at(word(address + 8) - 1) is not None)

    user = [address for address, _, module in frames if not is_kernel(module)]
    pointer = sample.frame_pointer
    if not (len(user) == 1 and methods.name_at(user[0])) or not is_pair(pointer):
        # The frame pointer is somebody else's: look for the first pair behind perf's last return address.
        positions = [index for index, value in enumerate(words) if user and value in (user[-1], user[-1] + 1)]
        start = sample.stack_pointer + 8 * (positions[0] + 1 if positions and len(user) > 1 else 0)
        pointer = next((address for address in range(start, end - 8, 8) if is_pair(address)), 0)
    while is_pair(pointer):
        yield word(pointer + 8) - 1
        pointer = word(pointer)


def read_raw(path):
    """{(thread id, time in ns): RawSample} of a perf.data file."""
    fp, sp = POINTERS[platform.machine()]
    with open(path, "rb") as file:
        data = file.read()
    magic, _, _, attr_at, _, data_at, data_size = struct.unpack_from("<8s6Q", data)
    assert magic == b"PERFILE2", path
    (kinds,) = struct.unpack_from("<Q", data, attr_at + 24)
    (registers,) = struct.unpack_from("<Q", data, attr_at + 80)
    positions = {number: index for index, number in enumerate(bit for bit in range(64) if registers >> bit & 1)}
    samples = {}
    at = data_at
    while at < data_at + data_size:
        kind, _, size = struct.unpack_from("<IHH", data, at)
        if kind == SAMPLE:
            key, values, stack = read_sample(data, at + 8, kinds, len(positions))
            if stack:
                samples[key] = RawSample(values[positions[fp]], values[positions[sp]], stack)
        at += size
    return samples


def read_sample(data, at, kinds, register_count):
    assert not kinds & (READ | RAW | BRANCHES), "recorded with options that are not used here"
    thread = time = 0
    for kind in FIXED:
        if kinds & kind:
            if kind == TID:
                _, thread = struct.unpack_from("<II", data, at)
            elif kind == TIME:
                (time,) = struct.unpack_from("<Q", data, at)
            at += 8
    if kinds & CALLCHAIN:
        at += 8 + 8 * struct.unpack_from("<Q", data, at)[0]
    values, stack = (), b""
    if kinds & REGISTERS:
        (abi,) = struct.unpack_from("<Q", data, at)
        at += 8
        if abi:
            values = struct.unpack_from(f"<{register_count}Q", data, at)
            at += 8 * register_count
    if kinds & STACK:
        (size,) = struct.unpack_from("<Q", data, at)
        if size:
            (used,) = struct.unpack_from("<Q", data, at + 8 + size)
            stack = data[at + 8 : at + 8 + used]
    return (thread, time), values, stack if values else b""


def read_symbolized(path):
    """(thread name, (thread id, time in ns), [(address, name, module), ... innermost first]) of each sample, as `perf script` tells."""
    command = ["perf", "script", "--ns", "--no-inline", "-F", "comm,tid,time,ip,sym,dso", "-i", str(path)]
    head = re.compile(r"^(.*?)\s+(\d+)\s+(\d+)\.(\d{9}):\s*$")
    line_of_frame = re.compile(r"^\s*([0-9a-f]+) (.*) \((.*)\)$")
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, errors="replace").stdout
    for block in output.split("\n\n"):
        first, *rest = block.strip("\n").split("\n")
        if match := head.match(first):
            frames = [line_of_frame.match(line) for line in rest]
            key = (int(match[2]), int(match[3]) * 1_000_000_000 + int(match[4]))
            yield match[1].strip(), key, [(int(frame[1], 16), frame[2], frame[3]) for frame in frames if frame]


def is_kernel(module):
    return module.startswith("[")


def frame_of(name, module):
    """One function, whatever the place in it, its overload and the tier it was compiled at."""
    if module.endswith(".map") and name:
        method = re.search(r"\[[\w.]+\] (\S[^(]*)", name)
        text = re.sub(r"\[\w+\]$", "", method[1] if method else name)
        return Frame(text.replace("::", "."), PRODUCT if text.startswith("OmaIm") else FRAMEWORK)
    if is_kernel(module):
        return Frame(name.removesuffix(".isra.0").removesuffix(".part.0"), KERNEL)
    return Frame(module.rsplit("/", 1)[-1].removesuffix(" (deleted)") if name == "[unknown]" else name, NATIVE)
