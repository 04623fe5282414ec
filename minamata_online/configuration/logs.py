"""What the processes log, and how a line looks."""


def to_console(line_format: str) -> dict:
    """For LOGGING; `line_format` is "text", for people, or "json", for programs that collect the lines."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {
                "()": "minamata_online.monitoring.log_format.Formatter",
                "format": "%(levelname)s %(name)s %(message)s",
            },
            "json": {"()": "minamata_online.monitoring.log_format.JsonFormatter"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": line_format}},
        "root": {"handlers": ["console"], "level": "INFO"},
        # Django's own handler of this logger would print every line a second time, keys included.
        "loggers": {"django": {"handlers": [], "level": "INFO"}},
    }
