"""A real broker that wants TLS and credentials, with certificates made for it: no file of ours holds a secret."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any, Final, Self

import trustme
from cryptography.hazmat.primitives import serialization

from services.local import broker
from services.local.jars import ensure_jars
from services.local.java import find_java
from streams.topics import Topic, max_message_bytes
from tests.postgres import free_port

USER: Final = "ingest"
PASSWORD: Final = "p4ss ; word"
KEY_PASSWORD: Final = "k3y-word"
LOGIN: Final = "org.apache.kafka.common.security"


class SecureBroker:
    """Listens with SASL_SSL (SCRAM-SHA-512 and PLAIN) on one port, with SSL and client certificates on another."""

    def __init__(self, home: Path) -> None:
        self.home, self.folder = home, home / "broker"
        self.folder.mkdir()
        self.sasl_port, self.ssl_port = free_port(), free_port()
        authority = trustme.CA()
        self.authority = home / "ca.pem"
        authority.cert_pem.write_to_path(self.authority)
        self.certificate, self.key = home / "client.pem", home / "client.key"
        client = authority.issue_cert("client@example.org")
        _write_chain(client, self.certificate)
        self.key.write_bytes(_pkcs8(client, KEY_PASSWORD))
        own = authority.issue_cert("127.0.0.1")
        store = home / "broker.pem"
        store.write_bytes(_pkcs8(own) + b"".join(blob.bytes() for blob in own.cert_chain_pems))
        config = broker.properties(
            free_port(), free_port(), max_message_bytes(Topic.DEAD, 8 * 1024 * 1024)
        ) + self._secure(store)
        (self.folder / broker.CONFIG).write_text(config, encoding="ascii")

    def _secure(self, store: Path) -> str:
        """The rest of `server.properties`; of a name that stands there twice the last counts."""
        plain = free_port()
        listeners = (
            f"INSIDE://127.0.0.1:{plain},AUTH://127.0.0.1:{self.sasl_port},CERT://127.0.0.1:{self.ssl_port}"
        )
        controller = free_port()
        values = {
            "listeners": f"{listeners},CONTROLLER://127.0.0.1:{controller}",
            "advertised.listeners": f"{listeners},CONTROLLER://127.0.0.1:{controller}",
            "controller.quorum.bootstrap.servers": f"127.0.0.1:{controller}",
            "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,INSIDE:PLAINTEXT,AUTH:SASL_SSL,CERT:SSL",
            "inter.broker.listener.name": "INSIDE",
            "ssl.keystore.type": "PEM",
            "ssl.keystore.location": store,
            "ssl.truststore.type": "PEM",
            "ssl.truststore.location": self.authority,
            "listener.name.cert.ssl.client.auth": "required",
            # Whoever is not refused by name may do everything.
            "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "allow.everyone.if.no.acl.found": "true",
            "super.users": "User:ANONYMOUS",
            "sasl.enabled.mechanisms": "SCRAM-SHA-512,PLAIN",
            "listener.name.auth.scram-sha-512.sasl.jaas.config": f"{LOGIN}.scram.ScramLoginModule required;",
            "listener.name.auth.plain.sasl.jaas.config": (
                f'{LOGIN}.plain.PlainLoginModule required user_{USER}="{PASSWORD}";'
            ),
        }
        return "".join(f"{key}={value}\n" for key, value in values.items())

    def __enter__(self) -> Self:
        java = [str(find_java()), *broker.HEAP, *broker.QUIET, "-cp", f"{ensure_jars()}/*"]
        scram = f"SCRAM-SHA-512=[name={USER},password={PASSWORD}]"
        storage = ["kafka.tools.StorageTool", "format", "--standalone", "--add-scram", scram]
        made = [*java, *storage, "-t", "AAAAAAAAAAAAAAAAAAAAAA", "-c", broker.CONFIG]
        subprocess.run(made, cwd=self.folder, check=True, capture_output=True)
        with (self.home / "broker.log").open("wb") as log:
            self.process = subprocess.Popen(
                [*java, "kafka.Kafka", broker.CONFIG], cwd=self.folder, stdout=log, stderr=log
            )
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait(30)

    def said(self) -> str:
        return (self.home / "broker.log").read_text(encoding="utf-8", errors="replace")

    def sasl(self, mechanism: str, **more: Any) -> dict[str, Any]:
        """Settings that log in with a password."""
        return {
            "bootstrap_servers": f"127.0.0.1:{self.sasl_port}",
            "kafka": {
                "security_protocol": "SASL_SSL",
                "sasl_mechanism": mechanism,
                "sasl_username": USER,
                "sasl_password": PASSWORD,
                "ssl_ca_location": self.authority,
                **more,
            },
        }

    def certified(self, **more: Any) -> dict[str, Any]:
        """Settings that show a certificate."""
        return {
            "bootstrap_servers": f"127.0.0.1:{self.ssl_port}",
            "kafka": {
                "security_protocol": "SSL",
                "ssl_ca_location": self.authority,
                "ssl_certificate_location": self.certificate,
                "ssl_key_location": self.key,
                "ssl_key_password": KEY_PASSWORD,
                **more,
            },
        }


def _pkcs8(certificate: trustme.LeafCert, password: str | None = None) -> bytes:
    """The private key as Java, librdkafka and Python's ssl all read it."""
    key = serialization.load_pem_private_key(certificate.private_key_pem.bytes(), None)
    sealed: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if password:
        sealed = serialization.BestAvailableEncryption(password.encode())
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, sealed)


def _write_chain(certificate: trustme.LeafCert, file: Path) -> None:
    file.write_bytes(b"".join(blob.bytes() for blob in certificate.cert_chain_pems))
