"""All settings: one `communique.toml` plus environment variables, checked before anything starts.

Environment variables win over the file: `COMMUNIQUE_DATABASE_URL`, nested ones with two
underscores (`COMMUNIQUE_FETCH__ALLOW_PRIVATE_HOSTS`). Secrets are never printed.
"""

from __future__ import annotations

import difflib
import json
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Literal, Self

import sqlalchemy as sa
from pydantic import BaseModel, Field, FilePath, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from services.errors import ConfigurationError

FILE: Final = "communique.toml"
FOLDER: Final = ".communique"
MOST_PROCESSES: Final = 4  # of the stream processors, unless a setting says more: each takes 250 MB


# Variables of this name that are none: the supervisor's, those of docker-compose.yml, and of the tests.
PREFIX: Final = "COMMUNIQUE_"
NO_SETTINGS: Final = frozenset(
    PREFIX + name
    for name in (
        *("SUPERVISED", "SUPERVISOR_SOCKET", "PYTHON"),
        *("VERSION", "CONSOLE_PORT", "FETCH_CONTACT"),
        *("REQUIRE_SHARED", "TEST_DATABASE_URL"),
    )
)


class KafkaSettings(BaseModel, extra="forbid"):
    """How to reach the broker: passed to confluent-kafka and to Faust alike."""

    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        "PLAINTEXT", description="Transport of the broker connection"
    )
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field(
        "SCRAM-SHA-512", description="SASL mechanism, with SASL_PLAINTEXT and SASL_SSL"
    )
    sasl_username: str | None = Field(None, description="SASL user")
    sasl_password: SecretStr | None = Field(None, description="SASL password (secret)")
    ssl_ca_location: FilePath | None = Field(None, description="CA certificates (PEM) that sign the broker's")
    ssl_certificate_location: FilePath | None = Field(None, description="Our certificate (PEM)")
    ssl_key_location: FilePath | None = Field(None, description="Our private key (PEM)")
    ssl_key_password: SecretStr | None = Field(None, description="Password of the private key (secret)")
    replication_factor: int = Field(1, ge=1, description="Replicas of each topic that we create")
    min_insync_replicas: int = Field(1, ge=1, description="Replicas that must acknowledge a record")

    @model_validator(mode="after")
    def complete(self) -> Self:
        """Refuse half of what a transport needs."""
        if self.security_protocol.startswith("SASL") and not (self.sasl_username and self.sasl_password):
            raise ValueError(f"{self.security_protocol} needs sasl_username and sasl_password")
        if bool(self.ssl_certificate_location) != bool(self.ssl_key_location):
            raise ValueError("ssl_certificate_location and ssl_key_location go together")
        if self.min_insync_replicas > self.replication_factor:
            raise ValueError("min_insync_replicas is more than replication_factor: nothing could be written")
        return self


class FetchSettings(BaseModel, extra="forbid"):
    """How the fetcher treats publishers."""

    allow_private_hosts: bool = Field(False, description="Fetch from addresses that are not public (tests)")
    contact: str = Field("", description="Mail address or page named in the user agent")
    concurrency: int = Field(64, ge=1, description="Requests under way at once, over all hosts")
    minimum_pause_seconds: float = Field(2.0, ge=0, description="Pause between two requests to one host")
    timeout_seconds: float = Field(30.0, gt=0, description="Time for one whole request")
    shortest_interval_seconds: float = Field(60.0, gt=0, description="A busy source is polled this often")
    longest_interval_seconds: float = Field(21600.0, gt=0, description="A quiet source is polled this often")
    first_poll_releases: int = Field(50, ge=1, description="Releases taken at a source's first poll")


class SinkSettings(BaseModel, extra="forbid"):
    """How the sink batches."""

    consumer_group: str = Field("sink", min_length=1, description="Consumer group, after the topic prefix")
    batch_records: int = Field(200, ge=1, description="Records in one transaction at most")
    batch_seconds: float = Field(0.02, gt=0, description="Time to wait for a batch to fill")
    stall_seconds: float = Field(
        60.0, gt=0, description="A sink that takes none of the waiting records for this long joins anew"
    )


class WorkerSettings(BaseModel, extra="forbid"):
    """How the stream processors work."""

    processes: int | None = Field(
        None, ge=1, le=64, description="Stream processors that `up` starts; unset: one a core, at most four"
    )
    in_flight_records: int = Field(
        64, ge=1, le=500, description="Outputs of a stage on their way to the broker at most"
    )
    annotator: str = Field(
        "communique", description="The engine that reads texts (entry point communique.annotators)"
    )
    stall_seconds: float = Field(
        60.0, gt=0, description="A worker that takes none of the waiting records for this long stops"
    )

    def count(self, partitions: int) -> int:
        """Return how many stream processors `up` starts; more than there are partitions would have no work."""
        return min(self.processes or min(_cores(), MOST_PROCESSES), partitions)


class ConsoleSettings(BaseModel, extra="forbid"):
    """Where the console listens."""

    host: str = Field("127.0.0.1", description="Address that the console listens on")
    port: int = Field(0, ge=0, le=65535, description="Port of the console (0: any free one)")


class Settings(BaseSettings):
    """Every setting with its default; `docs/operations.md` has them in one table."""

    model_config = SettingsConfigDict(env_prefix="COMMUNIQUE_", env_nested_delimiter="__", extra="forbid")

    home: Path = Field(Path(FOLDER), description="The data folder")
    database_url: SecretStr | None = Field(
        None, description="SQLAlchemy URL (secret); unset: SQLite in the data folder"
    )
    bootstrap_servers: str | None = Field(
        None, description="host:port,... of the broker; unset: the one that `up` starts"
    )
    topic_prefix: str = Field(
        "communique.", pattern=r"^[A-Za-z0-9._-]*$", description="Before each topic and group"
    )
    partitions: int = Field(
        8, ge=1, le=256, description="Partitions of each topic, set once when it is created"
    )
    max_release_bytes: int = Field(8 * 1024 * 1024, ge=1024, description="Largest release, raw bytes")
    replay_window: int = Field(
        500, ge=1, description="Records of a backfill or a replay on their way at most"
    )
    sql_timeout_seconds: float = Field(30.0, gt=0, description="Longest query of `communique sql`")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Least level logged")
    kafka: KafkaSettings = KafkaSettings()
    fetch: FetchSettings = FetchSettings()
    sink: SinkSettings = SinkSettings()
    work: WorkerSettings = WorkerSettings()
    console: ConsoleSettings = ConsoleSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over the file, whose values come as arguments."""
        return env_settings, init_settings

    @field_validator("bootstrap_servers", "database_url", mode="before")
    @classmethod
    def unset_if_empty(cls, value: object) -> object:
        """Take an empty environment variable for one that is not set."""
        return None if value == "" else value

    @field_validator("bootstrap_servers")
    @classmethod
    def hosts_with_ports(cls, value: str | None) -> str | None:
        """Accept a list of host:port only."""
        for server in value.split(",") if value else ():
            host, _, port = server.strip().rpartition(":")
            if not (host and port.isascii() and port.isdigit() and 0 < int(port) < 65536):
                raise ValueError(f"holds {server.strip()!r}, which is not host:port")
        return value

    @field_validator("database_url")
    @classmethod
    def known_database(cls, value: SecretStr | None) -> SecretStr | None:
        """Accept SQLite and PostgreSQL only, and psycopg as the latter's driver."""
        if value is None:
            return None
        try:
            url = sa.make_url(value.get_secret_value())
        except sa.exc.ArgumentError:
            raise ValueError(
                "is not a database URL (postgresql://user:password@host/name or sqlite:///path)"
            ) from None
        if url.get_backend_name() not in {"sqlite", "postgresql"}:
            raise ValueError(f"names {url.get_backend_name()}: only postgresql and sqlite are supported")
        return value

    def url(self) -> sa.URL:
        """Return the URL of the database, with our driver for PostgreSQL."""
        if self.database_url is None:
            return sa.URL.create("sqlite", database=str(self.home / "communique.db"))
        url = sa.make_url(self.database_url.get_secret_value())
        return url.set(drivername="postgresql+psycopg") if url.get_backend_name() == "postgresql" else url

    def has_own_broker(self) -> bool:
        """Tell whether `up` starts the broker, since none is configured."""
        return self.bootstrap_servers is None

    def brokers(self) -> str:
        """Return `host:port,...`; raises `ConfigurationError` if our own broker never ran."""
        if self.bootstrap_servers:
            return self.bootstrap_servers
        ports = self.home / "broker" / "ports.json"
        try:
            return f"127.0.0.1:{json.loads(ports.read_text(encoding='utf-8'))['broker']}"
        except (OSError, ValueError, KeyError):
            raise ConfigurationError(
                "no broker is running for this data folder",
                remedy="Start it with `communique up`, or set COMMUNIQUE_BOOTSTRAP_SERVERS.",
            ) from None


class _Apart(Settings):
    """Settings that hear nothing but their arguments."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        *_others: PydanticBaseSettingsSource,
        **_more: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Leave the environment out."""
        return (init_settings,)


def apart(**values: Any) -> Settings:
    """Return settings of a scratch installation: whatever the environment says of a real one does not count."""
    return _Apart(**values)


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def find_home(start: Path, *, create: bool) -> tuple[Path, Path | None]:
    """Find the data folder and the settings file for a command run in `start`.

    Raises `ConfigurationError` if there is none and `create` is false.
    """
    if named := os.environ.get("COMMUNIQUE_HOME"):
        home = Path(named).expanduser().absolute()
        if not _is(home.is_dir) and not create:
            raise ConfigurationError(
                f"COMMUNIQUE_HOME is {home}, which is not a folder", remedy="Create it with `communique up`."
            )
        return home, _first_file(home / FILE, *(p / FILE for p in [start, *start.parents]))
    for folder in [start, *start.parents]:
        if _is((folder / FOLDER).is_dir) or _is((folder / FILE).is_file):
            return folder / FOLDER, _first_file(folder / FILE, folder / FOLDER / FILE)
    if create:
        return start / FOLDER, None
    raise ConfigurationError(
        f"there is no data folder ({FOLDER}/ or {FILE}) in {start} or above it",
        remedy="Run `communique up` here first, or set COMMUNIQUE_HOME.",
    )


def _first_file(*paths: Path) -> Path | None:
    return next((p for p in paths if _is(p.is_file)), None)


def _is(asked: Callable[[], bool]) -> bool:
    """Ask a path what it is; what may not be looked at counts as not there."""
    try:
        return asked()
    except PermissionError:
        return False


def load(start: Path | None = None, *, create: bool = False) -> Settings:
    """Load the settings for a command run in `start` (the working directory).

    Raises `ConfigurationError` with the name of each wrong setting. `create` makes the data folder.
    """
    _refuse_misspelt_variables()
    home, file = find_home(start or Path.cwd(), create=create)
    values: dict[str, Any] = {}
    if file is not None:
        try:
            values = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ConfigurationError(f"{file} cannot be read: {error}", remedy="Correct the file.") from None
    if "home" in values:
        home = (file.parent / str(values["home"])).absolute() if file else home
    values["home"] = home
    try:
        settings = Settings(**values)
    except ValidationError as error:
        raise ConfigurationError(_explain(error, file), remedy=_remedy(file)) from None
    settings = settings.model_copy(update={"home": home})
    if create:
        _make(home)
    return settings


def _refuse_misspelt_variables() -> None:
    """Refuse a variable that is nearly a setting: a database URL that is overlooked would fill a file instead.

    Others are none of ours: Kubernetes sets some for a service of our name.
    """
    for name in sorted(n for n in os.environ if n.startswith(PREFIX) and n not in NO_SETTINGS):
        first = name.removeprefix(PREFIX).partition("__")[0].lower()
        near = difflib.get_close_matches(first, Settings.model_fields, 1, cutoff=0.75)
        if near and first != near[0]:
            raise ConfigurationError(
                f"{name} is not a setting", remedy=f"Unset it; perhaps {PREFIX}{near[0].upper()} is meant."
            )


def _make(home: Path) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = home / f".writable-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise ConfigurationError(
            f"the data folder {home} cannot be written: {error.strerror}",
            remedy="Set COMMUNIQUE_HOME to a folder that you may write to.",
        ) from None


def _explain(error: ValidationError, file: Path | None) -> str:
    """Name each wrong setting and why, without its value (it may be a secret)."""
    lines = []
    for one in error.errors(include_input=False, include_url=False):
        name = ".".join(str(part) for part in one["loc"])
        variable = "COMMUNIQUE_" + "__".join(str(part) for part in one["loc"]).upper()
        why = (
            "is not a setting"
            if one["type"] == "extra_forbidden"
            else one["msg"].removeprefix("Value error, ")
        )
        where = variable if variable in os.environ else f"{name} in {file}" if file else name
        lines.append(f"{where}: {why}")
    return "; ".join(lines)


def _remedy(file: Path | None) -> str:
    return f"Correct {file} or the environment variable." if file else "Correct the environment variable."
