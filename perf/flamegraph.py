"""Draws counted stacks as a flame graph: one SVG that explains itself where the pointer rests, without scripts and always the same."""

import html
import re
import zlib

import stacks

WIDTH = 1200
ROW = 16
MARGIN = 10
HEAD = 58
LETTER = 6.3  # width of a letter, about, at the size of the text below

# Hue of each kind of code; the name of a function moves lightness a little, so that neighbours can be told apart.
HUES = {stacks.PRODUCT: 28, stacks.FRAMEWORK: 75, stacks.NATIVE: 275, stacks.KERNEL: 205, "thread": 0}
LEGEND = ((stacks.PRODUCT, "OmaIm"), (stacks.FRAMEWORK, ".NET"), (stacks.NATIVE, "native"), (stacks.KERNEL, "kernel"))


class Node:
    """A function with everything that it called, merged over all stacks that lead here."""

    def __init__(self, name, kind):
        self.name, self.kind, self.count, self.children = name, kind, 0, {}

    def add(self, frames, count):
        self.count += count
        if frames:
            first, *rest = frames
            if first not in self.children:
                self.children[first] = Node(first.name, first.kind)
            self.children[first].add(rest, count)


def tree_of(folded):
    root = Node("all", "thread")
    for (thread, *frames), count in folded.items():
        root.add([stacks.Frame(thread, "thread"), *frames], count)
    return root


def render(folded, title, subtitle, smallest=0.002):
    """The SVG. What is narrower than the share `smallest` of all samples is left out."""
    root = tree_of(folded)
    boxes = []
    depth = lay_out(root, 0, 0, root.count * smallest, boxes)
    height = HEAD + ROW * depth + MARGIN
    scale = (WIDTH - 2 * MARGIN) / root.count
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'font-family="Verdana, DejaVu Sans, sans-serif" font-size="11">',
        f"<title>{html.escape(title)}</title>",
        "<style>g:hover rect{stroke:#000}rect{stroke:#fff;stroke-width:.5}text{pointer-events:none}</style>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="{MARGIN}" y="20" font-size="15">{html.escape(title)}</text>',
        f'<text x="{MARGIN}" y="38" fill="#555">{html.escape(subtitle)}</text>',
        *legend(),
    ]
    for node, level, start in boxes:
        lines.append(draw(node, MARGIN + start * scale, height - MARGIN - ROW * (level + 1), node.count * scale, root.count))
    return "\n".join([*lines, "</svg>", ""])


def lay_out(node, level, start, smallest, boxes):
    """Notes the box of a node and of those above it, in the order of their names; returns how many rows they take."""
    boxes.append((node, level, start))
    rows = 1
    for child in sorted(node.children.values(), key=lambda child: (child.name, child.kind)):
        if child.count >= smallest:
            rows = max(rows, 1 + lay_out(child, level + 1, start, smallest, boxes))
        start += child.count
    return rows


def draw(node, x, y, width, total):
    about = f"{node.name}: {100 * node.count / total:.1f} %, {node.count:,} samples"
    text = fitting(short(node), width)
    label = f'<text x="{x + 3:.1f}" y="{y + 12}">{html.escape(text)}</text>' if text else ""
    return (f'<g><title>{html.escape(about)}</title><rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{ROW}" '
            f'fill="{colour(node)}"/>{label}</g>')


def fitting(text, width):
    letters = int((width - 6) / LETTER)
    if letters >= len(text):
        return text
    return text[: letters - 1] + "…" if letters >= 4 else ""


def short(node):
    """Type and method of a .NET method without its namespaces and type arguments; other names as they are."""
    if node.kind not in (stacks.PRODUCT, stacks.FRAMEWORK):
        return node.name
    return ".".join(re.sub(r"\[.*\]", "", node.name).rsplit(".", 2)[-2:])


def colour(node):
    shade = zlib.crc32(node.name.encode()) % 16
    return f"hsl({HUES[node.kind]} {0 if node.kind == 'thread' else 75}% {66 + shade}%)"


def legend():
    x = WIDTH - MARGIN - 300
    for kind, text in LEGEND:
        yield f'<rect x="{x}" y="28" width="12" height="12" fill="hsl({HUES[kind]} 75% 72%)"/><text x="{x + 16}" y="38">{text}</text>'
        x += 75


def self_times(folded):
    """(share of all samples in the function itself, share with what it called, name, kind), the largest first."""
    own, whole, total = {}, {}, sum(folded.values())
    for (_, *frames), count in folded.items():
        own[frames[-1]] = own.get(frames[-1], 0) + count
        for frame in set(frames):
            whole[frame] = whole.get(frame, 0) + count
    ranked = sorted(own.items(), key=lambda item: (-item[1], item[0].name))
    return [(count / total, whole[frame] / total, frame.name, frame.kind) for frame, count in ranked]


def table(folded, rows=25):
    lines = ["  self   total  kind       function"]
    lines += [f"{100 * own:5.1f} % {100 * whole:5.1f} %  {kind:<9}  {name}" for own, whole, name, kind in self_times(folded)[:rows]]
    return "\n".join(lines)
