"""An S3 store on loopback (moto), started by the tests that want one."""

import os
from contextlib import contextmanager
from itertools import count

import boto3
from moto.server import ThreadedMotoServer

_numbers = count()


class S3:
    """The server and its buckets; `environment` is what a process needs to reach it, with the protocol's own names."""

    def __init__(self, server):
        _host, port = server.get_host_and_port()
        self.url = f"http://127.0.0.1:{port}"
        self.environment = {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "test-key",
            "AWS_SECRET_ACCESS_KEY": "test-secret",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_MAX_ATTEMPTS": "1",
        }

    def client(self, service="s3"):
        return boto3.client(
            service,
            endpoint_url=self.url,
            aws_access_key_id="test-key",
            aws_secret_access_key="test-secret",
            region_name="us-east-1",
        )

    def new_store(self):
        """The address of an empty bucket's folder."""
        bucket = f"reports-{next(_numbers)}"
        self.client().create_bucket(Bucket=bucket)
        return f"s3://{bucket}/yunhe"

    def keys(self, store, below=""):
        """Names of all objects below a store's folder, sorted."""
        bucket, _, prefix = store.removeprefix("s3://").partition("/")
        pages = self.client().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=f"{prefix}/{below}")
        return sorted(each["Key"].removeprefix(f"{prefix}/") for page in pages for each in page.get("Contents", ()))


@contextmanager
def s3_server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        yield S3(server)
    finally:
        server.stop()


@contextmanager
def reached(s3):
    """This process reaches the server too."""
    before = dict(os.environ)
    os.environ.update(s3.environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
