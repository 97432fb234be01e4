"""Processes that belong together."""

import os
import threading
import time

ORPHAN_CHECK_SECONDS = 1.0


def end_with_parent(parent: int) -> None:
    """From now on this process ends when its parent does, even if that one was killed without a word.

    parent: its process id as the parent itself told it; by now it may be gone already.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(ORPHAN_CHECK_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()
