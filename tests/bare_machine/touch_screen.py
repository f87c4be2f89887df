"""A touch screen made with uinput; it runs inside the machine, as root.

Each line of standard input, "X Y" in 0 to 1 of the screen, is a tap.
"""

import fcntl
import os
import struct
import sys
import time

SYNC, KEY, ABSOLUTE = 0, 1, 3
TOUCH = 0x14A
X, Y, SLOT, FINGER_X, FINGER_Y, FINGER = 0, 1, 0x2F, 0x35, 0x36, 0x39
TOP = 4095
SET_KIND, SET_KEY, SET_AXIS, SET_PROPERTY = 0x40045564, 0x40045565, 0x40045567, 0x4004556E
SET_UP, SET_RANGE, CREATE = 0x405C5503, 0x401C5504, 0x5501
DIRECT = 1
"""A touch screen's property: what is touched is where it is seen."""
USB = 3

device = os.open("/dev/uinput", os.O_WRONLY)


def tell(*events: tuple[int, int, int]) -> None:
    for kind, code, value in (*events, (SYNC, 0, 0)):
        os.write(device, struct.pack("<qqHHi", 0, 0, kind, code, value))


for kind in (SYNC, KEY, ABSOLUTE):
    fcntl.ioctl(device, SET_KIND, kind)
fcntl.ioctl(device, SET_KEY, TOUCH)
fcntl.ioctl(device, SET_PROPERTY, DIRECT)
for axis, top in ((X, TOP), (Y, TOP), (SLOT, 9), (FINGER_X, TOP), (FINGER_Y, TOP), (FINGER, 65535)):
    fcntl.ioctl(device, SET_AXIS, axis)
    fineness = 10 if top == TOP else 0
    fcntl.ioctl(device, SET_RANGE, struct.pack("<H2xiiiiii", axis, 0, 0, top, 0, 0, fineness))
name = struct.pack("<HHHH80sI", USB, 0x1234, 0x5678, 1, b"Test touch screen", 0)
fcntl.ioctl(device, SET_UP, name)
fcntl.ioctl(device, CREATE)
print("ready", flush=True)
for finger, line in enumerate(sys.stdin, 1):
    x, y = (round(float(word) * TOP) for word in line.split())
    tell((ABSOLUTE, SLOT, 0), (ABSOLUTE, FINGER, finger), (ABSOLUTE, FINGER_X, x),
         (ABSOLUTE, FINGER_Y, y), (KEY, TOUCH, 1), (ABSOLUTE, X, x), (ABSOLUTE, Y, y))  # fmt: skip
    time.sleep(0.15)
    tell((ABSOLUTE, FINGER, -1), (KEY, TOUCH, 0))
    print("tapped", flush=True)
