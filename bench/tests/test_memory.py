"""What the kernel says about processes, checked on a process whose size is known."""

import subprocess
import sys
import time

import memory

MIB = 1 << 20
# A process that fills 80 MiB, says so, gives it back, and starts a child that fills 40 MiB.
GROWER = """
import subprocess, sys
block = bytearray(b"x") * (80 << 20)
print("full", flush=True); sys.stdin.readline()
del block
hold = '''import sys
b = bytearray(b"x") * (40 << 20)
print("child", flush=True)
sys.stdin.readline()'''
child = subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE)
sys.stdin.readline()
child.communicate(b"\\n")
"""


def test_kilobytes_finds_its_line():
    text = "VmRSS:\t    12 kB\nVmHWM:\t 3 kB\n"
    assert memory.kilobytes(text, "VmHWM") == 3 * 1024
    assert memory.kilobytes(text, "Pss") == 0


def test_a_process_that_grew_and_shrank_and_has_a_child():
    grower = subprocess.Popen(
        [sys.executable, "-c", GROWER], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with grower:
        assert grower.stdout.readline() == b"full\n"
        full = memory.measure([grower.pid])
        with memory.Sampler([grower.pid], 0.01) as sampler:
            grower.stdin.write(b"\n")
            grower.stdin.flush()
            assert grower.stdout.readline() == b"child\n"
            deadline = time.monotonic() + 10  # a look may be late on a busy machine
            while sampler.highest_bytes < 40 * MIB and time.monotonic() < deadline:
                time.sleep(0.01)
        shrunk = memory.measure([grower.pid])
        assert len(memory.tree(grower.pid)) == 2
        grower.communicate(b"\n")
    assert 80 * MIB < full.resident_bytes < 120 * MIB
    assert 70 * MIB < full.proportional_bytes <= full.resident_bytes
    # The first process gave its block back; its high-water mark remembers, the child's adds up.
    assert shrunk.resident_bytes < 80 * MIB
    assert shrunk.peak_bytes > 120 * MIB
    assert sampler.highest_bytes > 40 * MIB


def test_a_process_that_has_ended_holds_nothing():
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert memory.measure([ended.pid]) == memory.Usage(0, 0, 0)
