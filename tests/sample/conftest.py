"""The sample portal in a thread, and a plain client that follows nothing and keeps nothing."""

import http.client
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from sample.server import SamplePortal


@dataclass
class Reply:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self):
        return self.body.decode("utf-8")

    @property
    def html(self):
        return LexborHTMLParser(self.text)

    @property
    def validators(self):
        return self.headers["ETag"], self.headers["Last-Modified"]


@pytest.fixture
def portal():
    with SamplePortal(port=0) as portal:
        yield portal


@pytest.fixture
def ask(portal):
    def ask(path, method="GET", body=None, **headers):
        connection = http.client.HTTPConnection(urlsplit(portal.url).netloc, timeout=10)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return Reply(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    return ask
