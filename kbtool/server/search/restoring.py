"""Making a damaged index anew while the server goes on: once, in a thread of its own."""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import Future
from pathlib import Path

from kbtool.config import Settings
from kbtool.errors import KbError
from kbtool.search.restore import Seen, restore_index

logger = logging.getLogger("kbtool.server")

PATIENCE_SECONDS = 5.0
"""How long a reader's search waits for the new index before he is asked to try again."""


class Restorer:
    """Restores the indexes of a knowledge base. Belongs to the thread of the event loop."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._tried: dict[tuple[Path, Seen], Future[bool]] = {}

    async def restored(self, directory: Path, damaged: Seen) -> bool:
        """Whether another index stands in the place of the ``damaged`` one in ``directory``.

        The first to ask has it made; it is tried once. False as well when it is not yet done.
        """
        trying = self._tried.get((directory, damaged))
        if trying is None:
            trying = self._tried[directory, damaged] = Future()
            # a daemon: a server that is told to stop does not wait for it, the old index stays
            threading.Thread(
                target=self._restore, args=(directory, damaged, trying), daemon=True
            ).start()
        done, _ = await asyncio.wait({asyncio.wrap_future(trying)}, timeout=PATIENCE_SECONDS)
        return bool(done) and trying.result()

    def _restore(self, directory: Path, damaged: Seen, done: Future[bool]) -> None:
        restored = False
        try:
            restored = restore_index(directory, damaged, self._settings, logger.warning)
            if restored:
                logger.info("%s: the search index is whole again", directory)
            else:
                logger.error("%s: the kept articles are damaged, too; kbtool build", directory)
        except KbError as error:
            logger.error("%s; %s", error.message, error.hint)
        except Exception:
            logger.exception("%s: could not be restored", directory)
        finally:
            done.set_result(restored)
