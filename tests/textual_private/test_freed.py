"""What was freed is written over: looked for in a program's own memory, as a dump would show it."""

import subprocess
import sys
from pathlib import Path

import pytest

TYPE_AND_FORGET = """
import sys
from kiosk.textual_private.freed import fill_when_freed, write_over

fill_when_freed()
name = sys.stdin.readline().strip()[::-1]
kept = [name + "*" * more + str(n) for more in (0, 9, 40, 200, 400, 700, 5000) for n in range(50)]
neighbours = [str(n) * 12 for n in range(1000)]
del kept, name
if sys.argv[1] == "written over":
    write_over()
print("forgotten", flush=True)
sys.stdin.readline()
"""
NAME = "Quillon Zarbeck"


def times_in_memory(pid: int, text: str) -> int:
    """How often a text stands in the memory of a process."""
    found = 0
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            where, rights = line.split()[:2]
            if "rw" in rights and "[v" not in line:
                first, last = (int(end, 16) for end in where.split("-"))
                memory.seek(first)
                found += memory.read(last - first).count(text.encode())
    return found


@pytest.mark.parametrize(("done", "is_found"), [("written over", False), ("nothing", True)])
def test_what_was_freed_is_there_until_it_is_written_over(done: str, is_found: bool) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", TYPE_AND_FORGET, done],
        cwd=Path(__file__).parents[2], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as program:  # fmt: skip
        assert program.stdin
        assert program.stdout
        program.stdin.write(NAME[::-1] + "\n")
        program.stdin.flush()
        assert program.stdout.readline() == "forgotten\n"
        assert (times_in_memory(program.pid, NAME) > 0) is is_found
