"""The way to the broker: address, transport, credentials, and what its refusals mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from confluent_kafka import KafkaError, KafkaException

from services.errors import BrokerUnavailable, CommuniqueError, ConfigurationError
from services.settings import Settings

CREDENTIALS: Final = frozenset({KafkaError._AUTHENTICATION, KafkaError.SASL_AUTHENTICATION_FAILED})  # noqa: SLF001
TELLING: Final = frozenset({KafkaError._TRANSPORT, KafkaError._RESOLVE})  # noqa: SLF001
SILENCE: Final = frozenset({KafkaError._TIMED_OUT, KafkaError._ALL_BROKERS_DOWN})  # noqa: SLF001


def base_config(settings: Settings) -> dict[str, Any]:
    """Return what every confluent-kafka client needs: servers, transport, credentials."""
    kafka = settings.kafka
    config: dict[str, Any] = {
        "bootstrap.servers": settings.brokers(),
        "client.id": "communique",
        "security.protocol": kafka.security_protocol.lower(),
        "log_level": 0,  # what fails is reported by the call that failed, once
        "socket.keepalive.enable": True,
        "reconnect.backoff.max.ms": 2000,
        "allow.auto.create.topics": False,
    }
    if kafka.security_protocol.startswith("SASL"):
        password = kafka.sasl_password.get_secret_value() if kafka.sasl_password else ""
        config |= {
            "sasl.mechanism": kafka.sasl_mechanism,
            "sasl.username": kafka.sasl_username or "",
            "sasl.password": password,
        }
    if kafka.security_protocol.endswith("SSL"):
        files = {
            "ssl.ca.location": kafka.ssl_ca_location,
            "ssl.certificate.location": kafka.ssl_certificate_location,
            "ssl.key.location": kafka.ssl_key_location,
        }
        config |= {name: str(path) for name, path in files.items() if path}
        if kafka.ssl_key_password:
            config["ssl.key.password"] = kafka.ssl_key_password.get_secret_value()
    return config


def faust_credentials(settings: Settings) -> Any:
    """Return the same transport and credentials for Faust (`faust.auth`), or None for plaintext."""
    import ssl  # noqa: PLC0415 (only the worker needs Faust)

    import faust  # noqa: PLC0415
    from faust.types.auth import SASLMechanism  # noqa: PLC0415

    kafka, context = settings.kafka, None
    if kafka.security_protocol.endswith("SSL"):
        context = ssl.create_default_context(cafile=kafka.ssl_ca_location)
        if kafka.ssl_certificate_location:
            password = kafka.ssl_key_password.get_secret_value() if kafka.ssl_key_password else None
            context.load_cert_chain(kafka.ssl_certificate_location, kafka.ssl_key_location, password)
    if kafka.security_protocol.startswith("SASL"):
        return faust.SASLCredentials(
            username=kafka.sasl_username or "",
            password=kafka.sasl_password.get_secret_value() if kafka.sasl_password else "",
            mechanism=SASLMechanism(kafka.sasl_mechanism),
            ssl_context=context,
        )
    return faust.SSLCredentials(context) if context else None


@contextmanager
def made_with(settings: Settings) -> Iterator[None]:
    """Turn what librdkafka says of a wrong setting (a key, a certificate) into an error of ours."""
    try:
        yield
    except KafkaException as error:
        said = error.args[0].str().split(": ", 1)[-1]
        raise ConfigurationError(
            f"the settings for the broker at {settings.brokers()} do not work: {said}",
            remedy="Check the COMMUNIQUE_KAFKA__... settings: certificate, key and its password.",
        ) from None


def refused(settings: Settings, heard: Iterable[KafkaError]) -> ConfigurationError | None:
    """Return the error if the broker refuses us in a way that waiting does not mend."""
    where = settings.brokers()
    for said in heard:
        if said.code() in CREDENTIALS:
            return ConfigurationError(
                f"the broker at {where} refuses our credentials ({_reason(said)})",
                remedy="Check COMMUNIQUE_KAFKA__SASL_USERNAME, COMMUNIQUE_KAFKA__SASL_PASSWORD and"
                " COMMUNIQUE_KAFKA__SASL_MECHANISM.",
            )
        if said.code() == KafkaError._SSL:  # noqa: SLF001
            return ConfigurationError(
                f"no TLS connection to the broker at {where} ({_reason(said)})",
                remedy="Check COMMUNIQUE_KAFKA__SSL_CA_LOCATION, and that this port speaks TLS.",
            )
    return None


def unavailable(settings: Settings, error: KafkaException, heard: Iterable[KafkaError]) -> CommuniqueError:
    """Say what a broker's error means and what to do, without secrets."""
    said: KafkaError = error.args[0]
    if refusal := refused(settings, [said, *heard]):
        return refusal
    remedy = (
        "Start it with `communique up`."
        if settings.has_own_broker()
        else "Check COMMUNIQUE_BOOTSTRAP_SERVERS, COMMUNIQUE_KAFKA__SECURITY_PROTOCOL and whether it runs."
    )
    told = said.str()
    if said.code() in SILENCE:  # why, the connections said
        told = next((_reason(one) for one in heard if one.code() in TELLING), told)
    return BrokerUnavailable(f"the broker at {settings.brokers()} does not answer ({told})", remedy=remedy)


def _reason(said: KafkaError) -> str:
    """Return why, without the client's name for the connection before it and how long it took behind it."""
    return re.sub(r"^\S+/\S+: ", "", said.str()).split(" (after ", 1)[0]
