"""One JSON line an event, with the request's id and without what opens a door."""

import re
from typing import Any

import structlog

TOKEN_IN_ADDRESS = re.compile(r"(/(?:s|embed|invitations|join|reset/key)/)[^/\s\"'\\]{6,}")


def without_tokens(_logger: Any, _method: str, line: str) -> str:
    """The finished line, also of a fault whose words name the address."""
    return TOKEN_IN_ADDRESS.sub(r"\1…", line)


def logging_at(level: str) -> dict[str, Any]:
    """The setting LOGGING; structlog is told the same."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    structlog.processors.JSONRenderer(),
                    without_tokens,
                ],
                "foreign_pre_chain": [
                    structlog.contextvars.merge_contextvars,
                    structlog.processors.TimeStamper(fmt="iso"),
                    structlog.stdlib.add_logger_name,
                    structlog.stdlib.add_log_level,
                    structlog.stdlib.ExtraAdder(),
                ],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["console"], "propagate": False},
            # teams.middleware.request_log says the same, without the secrets in addresses.
            "django.request": {"level": "ERROR"},
        },
    }
