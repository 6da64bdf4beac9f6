"""What the server tells while it runs: one line of JSON an event, for whatever collects logs."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import TextIO

_OF_LOGGING: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
_REQUESTS: Final = "twingraph.serve.delivery"


class JsonLines(logging.Formatter):
    """A log record as a line: time, level, event, and what belongs to the event.

    >>> record = logging.makeLogRecord({"created": 0, "levelname": "INFO", "msg": "start"})
    >>> JsonLines().format(record)
    '{"time": "1970-01-01T00:00:00.000+00:00", "level": "info", "event": "start"}'
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line; what others wrote stays within it, escaped."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **{name: told for name, told in vars(record).items() if name not in _OF_LOGGING},
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def log_to(stream: TextIO, *, requests: bool) -> None:
    """Write what happens to a stream; each request too, if that is wanted."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    for name, level in (("twingraph", logging.INFO), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
    logging.getLogger(_REQUESTS).setLevel(logging.INFO if requests else logging.WARNING)
