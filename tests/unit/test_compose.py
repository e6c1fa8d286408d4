"""The container files: valid by the Compose specification's own schema, and what the design asks of them.

No container engine runs where this is developed, so nothing here starts a container.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from services.settings import Settings

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docker-compose.yml"
COMPOSE: dict[str, Any] = YAML(typ="safe").load(FILE)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
PROCESSES = ("fetch", "work", "sink", "console")
OURS = ("init", *PROCESSES, "backfill", "sql")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_the_file_is_valid_by_the_schema_of_the_compose_specification():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(FILE)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_check_would_find_a_mistake(tmp_path):
    wrong = tmp_path / "docker-compose.yml"
    wrong.write_text(
        FILE.read_text(encoding="utf-8").replace("healthcheck:", "healtcheck:"), encoding="utf-8"
    )
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.compose-spec",
        str(wrong),
    ]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


def test_kafka_postgresql_and_one_container_a_process():
    assert set(SERVICES) == {"kafka", "postgres", *OURS}
    assert SERVICES["kafka"]["image"].startswith("apache/kafka:")
    assert SERVICES["postgres"]["image"].startswith("postgres:17")
    assert len({SERVICES[name]["image"] for name in OURS}) == 1


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_is_probed_by_its_own_name(name):
    assert SERVICES[name]["command"] == [name]
    assert SERVICES[name]["healthcheck"]["test"] == ["CMD", "communique", "health", name]


@pytest.mark.parametrize("name", ["kafka", "postgres"])
def test_what_holds_data_is_probed_and_keeps_it_in_a_volume(name):
    assert SERVICES[name]["healthcheck"]["test"]
    (mount,) = SERVICES[name]["volumes"]
    assert mount.split(":")[0] in COMPOSE["volumes"]


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_waits_for_schema_topics_broker_and_database(name):
    assert {key: needed["condition"] for key, needed in SERVICES[name]["depends_on"].items()} == {
        "init": "service_completed_successfully",
        "kafka": "service_healthy",
        "postgres": "service_healthy",
    }


def test_init_brings_the_schema_and_the_topics():
    assert SERVICES["init"]["command"] == ["communique db upgrade && communique topics create"]


@pytest.mark.parametrize("name", ["kafka", "postgres", *PROCESSES])
def test_what_should_run_is_started_again(name):
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["fetch", "work", "sink"])
def test_what_can_be_scaled_has_no_fixed_name_or_port_or_shared_folder(name):
    assert not {"container_name", "ports", "volumes"} & set(SERVICES[name])


def test_ports_are_open_on_loopback_only():
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


@pytest.mark.parametrize("name", OURS)
def test_our_containers_may_do_little(name):
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert re.search(r"^USER 10001", DOCKERFILE, re.MULTILINE)
    assert any("uid=10001" in mount for mount in service["tmpfs"])


def test_no_secret_stands_in_the_file():
    for name, service in SERVICES.items():
        for variable, value in service["environment"].items():
            if "PASSWORD" in variable or "SECRET" in variable:
                assert re.fullmatch(r"\$\{\w+:\?[^}]+\}", str(value)), f"{name}: {variable}"
            assert not re.search(r"//[^/@:]+:[^@$]+@", str(value)), f"{name}: {variable} holds a password"


@pytest.mark.parametrize("name", OURS)
def test_every_setting_is_one_that_we_know(name, monkeypatch, tmp_path):
    for variable, value in SERVICES[name]["environment"].items():
        monkeypatch.setenv(variable, re.sub(r"\$\{\w+(?::-([^}]*)|:\?[^}]*)?\}", r"\1", str(value)))
    settings = Settings(home=tmp_path)
    assert settings.bootstrap_servers == "kafka:9092"
    assert settings.url().host == "postgres"
    assert settings.url().password is None
    known = {f"COMMUNIQUE_{field.upper()}" for field in Settings.model_fields}
    ours = {v.split("__")[0] for v in SERVICES[name]["environment"] if v.startswith("COMMUNIQUE_")}
    assert ours <= known


def test_the_image_installs_the_pinned_set_and_runs_as_nobody_special():
    assert "--require-hashes -r requirements.txt" in DOCKERFILE
    assert DOCKERFILE.rindex("USER 10001") > DOCKERFILE.rindex("COPY")
    assert 'ENTRYPOINT ["communique"]' in DOCKERFILE


def test_the_image_gets_nothing_but_what_it_needs():
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")
    assert "**" in ignored
    let_in = {line[1:] for line in ignored if line.startswith("!")}
    assert {"pyproject.toml", "requirements.txt", "migrations", "seeds", "services", "streams"} <= let_in
    assert not {".env", ".git", "tests"} & let_in
