"""What a document may fetch: the bundled fonts and its own logo, from memory, and nothing else."""

from __future__ import annotations

from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

from fitcheck import packaged

SCHEME = "fitcheck:"
FONT_ADDRESS = f"{SCHEME}font/"
LOGO_ADDRESS = f"{SCHEME}logo"


class EmbeddedOnly(URLFetcher):  # type: ignore[misc]
    """Answers ``fitcheck:font/NAME.ttf`` and ``fitcheck:logo``, a PNG; refuses every other.

    No handler for http, ftp or file is even installed. A refusal is a ``ValueError``, which
    WeasyPrint logs; the document is laid out without the thing.
    """

    def __init__(self, logo: bytes = b"") -> None:
        # Not WeasyPrint's own, which sets up TLS for every document: a tenth of its time.
        super(URLFetcher, self).__init__()
        self._fail_on_errors = False
        self._logo = logo

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002
        """The bytes behind one of the application's own addresses; else ``ValueError``."""
        if url == LOGO_ADDRESS and self._logo:
            return URLFetcherResponse(url, self._logo, {"Content-Type": "image/png"})
        name = url.removeprefix(FONT_ADDRESS)
        if name != url and name in packaged.names("fonts"):
            font = packaged.read_bytes("fonts", name)
            return URLFetcherResponse(url, font, {"Content-Type": "font/ttf"})
        raise ValueError("refused: a document fetches nothing but its own fonts and logo")
