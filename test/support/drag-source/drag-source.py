"""A program that things can be dragged out of: one window, all of it the thing to be dragged.

drag-source.py X Y SIZE FORMATS: the window's place and size in pixels, and a JSON object of what
it gives, such as {"text/uri-list": "file:///a\\r\\n"}. It prints "ready" when its window is there,
and then what happens to the drag: "begun", "taken" and "not taken" while the mouse is over
something that would take it, "asked FORMAT", "failed", and "done" at the end of each.
"""

import json
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402

x, y, size = (int(argument) for argument in sys.argv[1:4])
formats = json.loads(sys.argv[4])


def tell(line):
    print(line, flush=True)


def begin(_widget, context):
    context.connect("action-changed", lambda _, action: tell("taken" if action else "not taken"))
    tell("begun")


def give(_widget, _context, data, _info, _time):
    name = data.get_target().name()
    data.set(data.get_target(), 8, formats[name].encode())
    tell(f"asked {name}")


def refused(_widget, _context, _result):
    tell("failed")
    return True


window = Gtk.Window(title="Drag source")
window.set_decorated(False)
window.set_default_size(size, size)
area = Gtk.EventBox()
area.add(Gtk.Label(label="drag me"))
targets = [Gtk.TargetEntry.new(name, 0, 0) for name in formats]
area.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, targets, Gdk.DragAction.COPY)
area.connect("drag-begin", begin)
area.connect("drag-data-get", give)
area.connect("drag-failed", refused)
area.connect("drag-end", lambda *_: tell("done"))
window.add(area)
window.connect("map-event", lambda *_: tell("ready"))
window.connect("destroy", Gtk.main_quit)
window.show_all()
window.move(x, y)
Gtk.main()
