#!/usr/bin/env python3
"""job.py STRACE ARG...: runs it as a shell would, in the foreground of a terminal; Ctrl-Z, fg, Ctrl-C.

The tracer and its child must both stop, both go on, and end by the interrupt. Exit 0, or 1 with what was wrong.
"""
import os
import pty
import signal
import sys
import time


def state(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="latin-1") as f:
            return f.read().rsplit(")", 1)[1].split()[0]
    except OSError:
        return "gone"


def until(what, test):
    for _ in range(200):
        if test():
            return
        time.sleep(0.05)
    leader_says(f"waited in vain for: {what}")
    os._exit(1)


def leader_says(text):
    os.write(REPORT, (text + "\n").encode())


def sleeper(pid):
    """The traced program, once it is what was asked for."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as f:
            child = f.read().split()
        with open(f"/proc/{child[0]}/comm", encoding="ascii") as f:
            return int(child[0]) if f.read() == "sleep\n" else None
    except (OSError, IndexError):
        return None


def lead():
    """The shell's part, in the session of the terminal."""
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    job = os.fork()
    if job == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        for sig in (signal.SIGTTOU, signal.SIGINT):
            signal.signal(sig, signal.SIG_DFL)
        os.execv(sys.argv[1], sys.argv[1:])
    until("the program", lambda: sleeper(job) and state(sleeper(job)) == "S")
    child = sleeper(job)
    os.write(REPORT, b"ready\n")
    _, status = os.waitpid(job, os.WUNTRACED)
    if not os.WIFSTOPPED(status) or os.WSTOPSIG(status) != signal.SIGTSTP:
        leader_says(f"Ctrl-Z did not stop the job: {status:#x}")
        os._exit(1)
    until("a stopped program", lambda: state(child) in "tT")
    os.kill(-job, signal.SIGCONT)
    until("a program that goes on", lambda: state(child) == "S" and state(job) == "S")
    os.write(REPORT, b"again\n")
    _, status = os.waitpid(job, 0)
    if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGINT:
        leader_says(f"Ctrl-C did not end the job: {status:#x}")
        os._exit(1)
    until("the end of the program", lambda: state(child) in ("Z", "gone"))
    os.write(REPORT, b"done\n")
    os._exit(0)


reading, REPORT = os.pipe()
leader, terminal = pty.fork()
if leader == 0:
    os.close(reading)
    lead()
os.close(REPORT)
report = os.fdopen(reading)
for line in report:
    if line == "ready\n":
        os.write(terminal, b"\x1a")
    elif line == "again\n":
        time.sleep(0.1)
        os.write(terminal, b"\x03")
    elif line != "done\n":
        print(line, end="")
sys.exit(os.waitstatus_to_exitcode(os.waitpid(leader, 0)[1]))
