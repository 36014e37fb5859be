"""A watchdog: programs that we started end with us, even when we are killed and can do nothing for it any more.

Most programs end by themselves when nobody writes to them any more. Those of Apertium do not always: when we are killed
in the middle of a text, `apertium-transfer` 3.8 may turn in a circle for ever.
"""

from __future__ import annotations

import os
import subprocess

_WATCH = 'read -r _; kill -s KILL -- "-$1"'
"""Nothing is ever written to it: `read` returns when the other end of the pipe is closed, which is when we are gone."""


class Watchdog:
    """Ends a group of processes as soon as this process is gone; without a shell, nobody watches."""

    def __init__(self, group: int) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        if os.name != "posix":
            return
        try:
            self._process = subprocess.Popen(
                ["sh", "-c", _WATCH, "sh", str(group)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C is not for it
            )
        except OSError:
            return

    def close(self) -> None:
        """Stop watching. To be called before the group is ended: its number may soon be another one's."""
        if self._process:
            self._process.kill()
            self._process.wait()
            assert self._process.stdin
            self._process.stdin.close()
            self._process = None
