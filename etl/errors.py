"""Every error that the product raises on purpose.

The message of each is one line that says what is wrong, where, and what to do; the command line prints it as it is.
Errors of one page or report (`PageError`) send that report to quarantine; all others end the stage.
"""


class EtlError(Exception):
    """Base of all errors raised on purpose. `str(error)` is one line for a person."""


class SettingsError(EtlError):
    """A setting (`ETL_…`) is unknown or impossible, or its folder cannot be used."""


class StoreError(EtlError, OSError):
    """A store (`ETL_STORE`) cannot be read or written. `strerror` is the reason alone, for who adds words of his own."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.strerror = reason

    def __str__(self) -> str:
        return str(self.args[0])


class SourceError(EtlError):
    """The source registry is wrong, or names no such source."""


class FetchError(EtlError):
    """An address could not be fetched; `url` is the address asked for."""

    def __init__(self, message: str, url: str) -> None:
        super().__init__(message)
        self.url = url


class PortalUnreachable(FetchError):
    """No answer from the portal: refused, timed out, or 5xx after all tries."""


class Blocked(FetchError):
    """The portal refuses us (403, 405, 412, 429, 521 or a challenge page). It is reported, never worked around."""


class NotAllowed(FetchError):
    """The address lies outside the allow-list, is excluded by robots.txt, or is larger than the limit."""


class UnexpectedAnswer(FetchError):
    """One address answers what nobody expects of it (400, 204, a 304 that nobody asked for); others may well answer."""


class EmptyList(FetchError):
    """A list page that should hold items holds none, or the whole source lists no report."""


class NotDue(EtlError):
    """The source is not to be asked now (its hours, its season); nothing is wrong."""


class ArchiveError(EtlError):
    """The archive is damaged: bytes are missing, or do not match their hash."""


class PageError(EtlError):
    """A fetched page cannot become a report; `reason` is a short code kept in quarantine (empty_page, not_a_report …)."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class StageError(EtlError):
    """A stage was called without what the stage before it leaves, or its input is unusable."""


class ValidationStop(EtlError):
    """Too much failed, or a critical rule about the whole run did: nothing is published, the last warehouse stays."""


class PublishError(EtlError):
    """The new warehouse could not be built or did not pass its checks; the last one stays."""


class ExportError(EtlError):
    """An export cannot be made: it names what is not there, its folder cannot be written, or a sheet cannot hold it."""


class QueryError(EtlError):
    """A query was refused; the message is DuckDB's own, on one line. `picture` shows where: the line of SQL, a caret below it."""

    def __init__(self, message: str, picture: str = "") -> None:
        super().__init__(message)
        self.picture = picture
