"""Shuts a process in before it reads what a stranger sent: nothing to open, nobody to call.

Limits hold everywhere. On Linux a filter of system calls stands on top (seccomp): what has been
read in already may be worked on and written out, and every other wish of the process is refused by
the kernel, so that a hole in a decoder reaches neither a file nor a network nor another process.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from dataclasses import dataclass

# What a decoder may still ask of the kernel: memory, its pipes, the time, chance, and an end.
# Each call with its number on x86_64 and on aarch64 (asm/unistd.h).
_CALLS = """
    read 0 63               write 1 64              close 3 57              fstat 5 80
    lseek 8 62              mmap 9 222              mprotect 10 226         munmap 11 215
    brk 12 214              mremap 25 216           madvise 28 233          futex 202 98
    rt_sigaction 13 134     rt_sigprocmask 14 135   rt_sigreturn 15 139     sigaltstack 131 132
    sched_yield 24 124      sched_getaffinity 204 123                       restart_syscall 219 128
    nanosleep 35 101        clock_nanosleep 230 115 clock_gettime 228 113   clock_getres 229 114
    gettimeofday 96 169     getrusage 98 165        getpid 39 172           gettid 186 178
    getrandom 318 278       exit 60 93              exit_group 231 94
"""
_MACHINES = {  # the kernel's name for it, and the numbers of the calls
    "x86_64": (0xC000003E, tuple(int(number) for number in _CALLS.split()[1::3])),
    "aarch64": (0xC00000B7, tuple(int(number) for number in _CALLS.split()[2::3])),
}
_LOAD_WORD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # EPERM
_NUMBER_AT, _MACHINE_AT = 0, 4
_DUMPABLE, _DIE_WITH_PARENT, _NO_NEW_PRIVILEGES = 4, 1, 38
_SECCOMP, _BY_FILTER = 22, 2


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of the machine a process may use."""

    cpu_seconds: int
    memory_bytes: int


def shut_in(limits: Limits) -> bool:
    """Give up everything but memory, processor and the pipes; say whether the filter stands too."""
    for name, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 3),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_AS, limits.memory_bytes),
    ):
        resource.setrlimit(name, (most, most))
    return sys.platform == "linux" and _filter_calls()


def die_with_parent(parent: int) -> None:
    """End when the process that asked ends, also when it is killed."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        libc.prctl(_DUMPABLE, 0, 0, 0, 0)
        if os.getppid() != parent:  # it ended before this was said
            os._exit(1)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def _filter_calls() -> bool:
    known = _MACHINES.get(platform.machine())
    if known is None:
        return False
    machine, numbers = known
    code = _rules(machine, numbers)
    program = _Program(len(code) // 8, code)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    # Not seccomp(2): a service that may only call what services call (docs/antenna.service) is
    # killed for it. This way the filter holds for one thread, and there is only one.
    return bool(libc.prctl(_SECCOMP, _BY_FILTER, ctypes.byref(program), 0, 0) == 0)


def _rules(machine: int, numbers: tuple[int, ...]) -> bytes:
    """The filter as the kernel reads it: another machine's calls and unlisted ones are refused."""
    count = len(numbers)
    rules = [
        (_LOAD_WORD, 0, 0, _MACHINE_AT),
        (_JUMP_IF_EQUAL, 0, count + 1, machine),
        (_LOAD_WORD, 0, 0, _NUMBER_AT),
        *((_JUMP_IF_EQUAL, count - at, 0, number) for at, number in enumerate(numbers)),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *rule) for rule in rules)
