"""What the benchmarks share: the fit of a growth exponent, the machine's description, seconds of work."""

import math
import os
import platform
import time
from collections.abc import Callable, Sequence
from pathlib import Path


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The power of size with which cost grows, from (size, cost) pairs: the slope through their logarithms."""
    xs, ys = ([math.log(value) for value in values] for values in zip(*points, strict=True))
    x_mean, y_mean = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True)) / sum((x - x_mean) ** 2 for x in xs)


def seconds(work: Callable[[], object]) -> float:
    """Seconds by the clock that the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def processor_seconds(work: Callable[[], object]) -> float:
    """Seconds of processor time that the work takes in this process: unlike those by the clock, others do not add."""
    start = time.process_time()
    work()
    return time.process_time() - start


def machine() -> str:
    """The machine and how busy it is, without its name: processor, cores, memory, system, Python, load."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}; load at the start {os.getloadavg()[0]:.1f}"
    )


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text(encoding="utf-8").splitlines() if information.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
