"""An S3 store on loopback (moto), started by the tests that want one: the fixtures `s3` and `store`."""

import json
import os
from contextlib import contextmanager
from itertools import count
from urllib.request import Request, urlopen

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

    @contextmanager
    def checking_rights(self, policy):
        """The environment of a user who may do what the policy says; all others may do nothing meanwhile."""
        users = self.client("iam")
        name = f"user-{next(_numbers)}"
        users.create_user(UserName=name)
        users.put_user_policy(UserName=name, PolicyName="rights", PolicyDocument=json.dumps(policy))
        key = users.create_access_key(UserName=name)["AccessKey"]
        self._check_after(0)
        try:
            yield {**self.environment, "AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}
        finally:
            self._check_after("inf")

    def _check_after(self, requests):
        plain = {"Content-Type": "text/plain"}
        urlopen(Request(f"{self.url}/moto-api/reset-auth", str(requests).encode(), plain), timeout=10).close()

    def client(self, service="s3"):
        import boto3

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
    from moto.server import ThreadedMotoServer  # a second of imports, which most tests can do without

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        yield S3(server)
    finally:
        server.stop()


@contextmanager
def reached(environment):
    """This process has what it needs to reach a server too."""
    before = dict(os.environ)
    os.environ.update(environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
