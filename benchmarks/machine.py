"""The machine under the figures: processor time, memory, what the host stole; versions."""

import gc
import os
import platform
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from time import process_time
from typing import Final

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_WORK: Final = 2_000_000
_PACKAGES: Final = ("streamlit", "duckdb", "starlette", "uvicorn", "altair", "websockets")


class Steal:
    """What share of all processor time the host took since this was made."""

    def __init__(self) -> None:
        self._before = _stolen()

    def share(self) -> float:
        """Give the share, from 0 to 1."""
        stolen, every = (now - before for now, before in zip(_stolen(), self._before, strict=True))
        return stolen / every if every else 0.0


def cpu_seconds(process: int) -> float:
    """Give the processor time of a process so far, all its threads."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def slowness() -> float:
    """Give the ms of processor time that the same work takes now; machines swing within minutes."""
    began = process_time()
    number = 0
    while number < _WORK:
        number += 1
    return 1000 * (process_time() - began)


def resident_bytes(process: int) -> int:
    """Give the resident memory of a process."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE


@contextmanager
def no_collecting() -> Iterator[None]:
    """Stop the generator's garbage collection, for app and floor alike."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def open_many_files() -> None:
    """Allow as many open connections as the system permits."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def few_open_files() -> None:
    """Allow the app as few as a common shell does: it must ask for more by itself."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, most), most))


def described() -> list[str]:
    """Describe the machine and the versions, one line each; no names and no paths."""
    memory = os.sysconf("SC_PHYS_PAGES") * _PAGE / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return [
        f"{len(os.sched_getaffinity(0))} cores, {memory:.0f} GB of memory, {_model()}",
        f"{platform.system()} {platform.release()}",
        f"Python {platform.python_version()}, {packages}",
    ]


def _model() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return "a processor that does not say its model"


def _stolen() -> tuple[int, int]:
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
    return fields[7], sum(fields)
