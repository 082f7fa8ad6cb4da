"""Safe logs: no secrets from the settings, no line forged by a page, no control characters for the terminal.

The add-on calls `protect_logs` before Scrapy logs the settings. From then on every log record of this process is
checked, Scrapy's own included; only those that need it are changed. Further lines of a message are marked, so that none
can pass for a message of its own.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from scrapy.settings import BaseSettings

#: Names of settings whose values are secrets.
_SECRET_NAME = re.compile(
    "|".join(
        (
            "SECRET",
            "PASSW",
            "TOKEN",
            "ACCESS_KEY",
            "API_?KEY",
            "CREDENTIAL",
            "PRIVATE_KEY",
            "SESSION_KEY",
            "HTTPAUTH_PASS",
            "MAIL_PASS",
            "COOKIE",
        )
    ),
    re.IGNORECASE,
)
_URI = re.compile(r"[a-z][a-z0-9+.\-]{1,30}://[^\s\"'<>]{1,500}", re.IGNORECASE)
#: Shorter secrets (characters) are not hidden: they would hit innocent text.
_SHORTEST = 6
_HIDDEN = "***"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_NEXT_LINE = "\n    | "
#: Loggers whose messages have several lines, and contain no text of a page as it came.
_MULTILINE = (
    "newscrawl.crawl.job.progress",
    "scrapy.utils.log",
    "scrapy.crawler",
    "scrapy.addons",
    "scrapy.middleware",
    "scrapy.statscollectors",
    "py.warnings",
)

_FORMATTER = logging.Formatter()
_secrets: set[str] = set()
_installed: list[Any] = []


def secrets_of(settings: BaseSettings) -> set[str]:
    """The secrets among settings: values whose name says so, and passwords in URIs anywhere in a value."""
    found: set[str] = set()
    for name, value in settings.copy_to_dict().items():
        if _SECRET_NAME.search(str(name)):
            found.update(_strings(value))
        for text in _strings(value):
            for uri in _URI.findall(text):
                found.update(_password(uri))
    return {secret for secret in found if len(secret) >= _SHORTEST}


def _strings(value: Any, depth: int = 0) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping) and depth < 4:
        for key, entry in value.items():
            yield from _strings(str(key), depth + 1)
            yield from _strings(entry, depth + 1)
    elif isinstance(value, (list, tuple, set)) and depth < 4:
        for entry in value:
            yield from _strings(entry, depth + 1)


def _password(uri: str) -> Iterable[str]:
    try:
        password = urlsplit(uri).password
    except ValueError:
        return
    if password:
        yield from {password, unquote(password)}


def safe_message(message: str, is_multiline: bool = False) -> str:
    """A message without secrets and control characters. Further lines are marked, unless it may have them."""
    for secret in _secrets:
        if secret in message:
            message = message.replace(secret, _HIDDEN)
    if message.isprintable():
        return message
    message = _CONTROL.sub("?", message)
    return message if is_multiline else message.rstrip("\n").replace("\n", _NEXT_LINE)


def hide_secrets(secrets: Iterable[str]) -> None:
    """From now on no log record of this process shows these texts. Those that are too short are not hidden."""
    _secrets.update(secret for secret in secrets if len(secret) >= _SHORTEST)


def protect_logs(settings: BaseSettings) -> None:
    """From now on no log record of this process shows a secret of these settings, or forges a line."""
    _secrets.update(secrets_of(settings))
    if _installed:
        return
    make = logging.getLogRecordFactory()

    def made(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        if type(record) is logging.LogRecord:
            record.__class__ = SafeRecord
        return record

    logging.setLogRecordFactory(made)
    _installed.append(made)


class SafeRecord(logging.LogRecord):
    """A record whose message is made safe when it is written.

    Most records are never written, and making a message can cost more than reading a page.
    """

    def getMessage(self) -> str:
        """The safe message; the text of the exception is made safe with it."""
        if self.exc_info and self.exc_info[0] is not None and not self.exc_text:
            self.exc_text = safe_message(_FORMATTER.formatException(self.exc_info))
        return safe_message(super().getMessage(), self.name.startswith(_MULTILINE))
