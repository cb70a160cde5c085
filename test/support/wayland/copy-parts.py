"""A Wayland program without a window that copies one thing in several formats.

It reads a JSON object of formats and their texts from stdin, such as {"text/plain": "a"}, owns the
clipboard through zwlr_data_control_manager_v1, and ends when another program copies something. With
--hold it copies again instead, at once.
Python's standard library can receive the file descriptors that Wayland sends; Node's cannot.
"""

import itertools
import json
import os
import socket
import struct
import sys

DISPLAY, REGISTRY, SYNC, SEAT, MANAGER, DEVICE = 1, 2, 3, 4, 5, 6
sources = itertools.count(7)

holds = "--hold" in sys.argv
parts = json.load(sys.stdin)
connection = socket.socket(socket.AF_UNIX)
connection.connect(os.path.join(os.environ["XDG_RUNTIME_DIR"], os.environ["WAYLAND_DISPLAY"]))


def encode(argument):
    if isinstance(argument, int):
        return struct.pack("<I", argument)
    data = argument.encode() + b"\0"
    return struct.pack("<I", len(data)) + data + b"\0" * (-len(data) % 4)


def request(target, opcode, *arguments):
    body = b"".join(map(encode, arguments))
    connection.sendall(struct.pack("<II", target, (8 + len(body)) << 16 | opcode) + body)


def string(body, at):
    (length,) = struct.unpack_from("<I", body, at)
    return body[at + 4 : at + 3 + length].decode()


def events():
    """Yields object, opcode, body and the file descriptors that came so far."""
    pending, descriptors = b"", []
    while True:
        data, received, _, _ = socket.recv_fds(connection, 65536, 16)
        if not data:
            return
        pending += data
        descriptors += received
        while len(pending) >= 8:
            target, word = struct.unpack_from("<II", pending)
            if len(pending) < word >> 16:
                break
            yield target, word & 0xFFFF, pending[8 : word >> 16], descriptors
            pending = pending[word >> 16 :]


def new_source():
    source = next(sources)
    request(MANAGER, 0, source)
    for mime in parts:
        request(source, 0, mime)
    return source


def bind(names):
    request(REGISTRY, 0, names["wl_seat"], "wl_seat", 1, SEAT)
    manager = "zwlr_data_control_manager_v1"
    request(REGISTRY, 0, names[manager], manager, 1, MANAGER)
    request(MANAGER, 1, DEVICE, SEAT)


names = {}
source = spare = 0
request(DISPLAY, 1, REGISTRY)
request(DISPLAY, 0, SYNC)
for target, opcode, body, descriptors in events():
    if target == DISPLAY and opcode == 0:
        sys.exit(string(body, 8))
    elif target == REGISTRY and opcode == 0:
        names[string(body, 4)] = struct.unpack_from("<I", body)[0]
    elif target == SYNC:
        bind(names)
        source, spare = new_source(), new_source()
        request(DEVICE, 0, source)
    elif target == source and opcode == 0:
        with os.fdopen(descriptors.pop(0), "wb") as pipe:
            pipe.write(parts[string(body, 0)].encode())
    elif target == source and opcode == 1:
        if not holds:
            break
        request(DEVICE, 0, spare)
        source, spare = spare, new_source()
