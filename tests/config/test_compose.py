"""docker-compose.yml, Dockerfile and Caddyfile, held to rules; there is no Docker in the tests."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from config.processes import become

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ["web", "live", "worker", "beat"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
LITERAL_SECRET = re.compile(r"(SECRET|PASSWORD|TOKEN|KEY)(?!.*FALLBACKS)")


def test_every_process_has_its_service():
    assert set(SERVICES) == {"proxy", "web", "live", "worker", "beat", "db", "redis", "migrate"}


@pytest.mark.parametrize("name", SERVICES)
def test_service_comes_back_and_says_how_it_is(name):
    service = SERVICES[name]
    if name == "migrate":
        assert (service["restart"], service["healthcheck"]) == ("on-failure", {"disable": True})
        return
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"].keys() >= {"test", "interval", "timeout", "retries"}


@pytest.mark.parametrize("name", SERVICES)
def test_no_secret_is_written_down_and_none_has_a_default(name):
    for variable, value in SERVICES[name].get("environment", {}).items():
        if LITERAL_SECRET.search(variable):
            assert value.startswith("${")
            assert ":?" in value or variable == "SECRET_KEY_FALLBACKS"
        assert ":-" not in value or not LITERAL_SECRET.search(value)


@pytest.mark.parametrize("name", OURS)
def test_our_services_run_without_rights_they_do_not_need(name):
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"] is True


@pytest.mark.parametrize("name", OURS)
def test_our_services_start_after_migrations_and_servers(name):
    assert SERVICES[name]["depends_on"] == {
        "migrate": {"condition": "service_completed_successfully"},
        "db": {"condition": "service_healthy"},
        "redis": {"condition": "service_healthy"},
    }


def test_only_the_proxy_is_open_to_the_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["back"] == {"internal": True}
    assert SERVICES["db"]["networks"] == SERVICES["redis"]["networks"] == ["back"]


@pytest.mark.parametrize("kind", ["volumes", "networks"])
def test_what_is_used_is_declared_and_what_is_declared_is_used(kind):
    used = {
        entry.split(":")[0]
        for service in SERVICES.values()
        for entry in service.get(kind, [])
        if not entry.startswith((".", "/"))
    }
    assert used == set(COMPOSE[kind])


@pytest.mark.parametrize("name", OURS)
def test_commands_of_the_services_exist(name, monkeypatch):
    started = []
    monkeypatch.setattr(os, "execv", lambda path, command: started.append(command))
    monkeypatch.setenv("DATA_DIR", "/data")
    module, process = SERVICES[name]["command"][2:]
    assert module == "config.processes"
    become(process)
    program = started[0][2]
    assert (
        subprocess.run([sys.executable, "-m", program, "--help"], capture_output=True).returncode
        == 0
    )


def test_proxy_sends_streams_to_live_and_the_rest_to_web():
    caddy = (ROOT / "Caddyfile").read_text()
    assert re.search(r"handle /live/\* \{\s+reverse_proxy live:8001 \{\s+flush_interval -1", caddy)
    assert "reverse_proxy web:8000" in caddy


def test_environment_example_names_every_variable_that_has_to_be_set():
    needed = set(re.findall(r"\$\{(\w+):\?", (ROOT / "docker-compose.yml").read_text()))
    example = re.findall(r"^(\w+)=(.*)$", (ROOT / ".env.example").read_text(), flags=re.MULTILINE)
    assert needed <= {name for name, _ in example}
    assert {value for name, value in example if name in {"SECRET_KEY", "POSTGRES_PASSWORD"}} == {""}


def test_image_runs_as_an_ordinary_user():
    last_stage = DOCKERFILE.rpartition("\nFROM ")[2]
    assert "\nUSER waymark\n" in last_stage
    assert last_stage.index("USER waymark") < last_stage.index("CMD")


def test_every_file_that_the_image_copies_exists():
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, flags=re.MULTILINE)
    names = {name for line in copied for name in line.split()}
    assert {name for name in names if not (ROOT / name).exists()} == set()
    scripts = re.findall(r"/build/(node_modules/\S+)", DOCKERFILE)
    assert [name for name in scripts if not (ROOT / name).exists()] == []
    makefile = (ROOT / "Makefile").read_text()
    wanted = re.search(r"BROWSER_FILES := ((?:.+\\\n)*.+)", makefile)[1].replace("\\", "").split()
    assert [name.removeprefix("node_modules/") for name in scripts] == wanted


def test_image_holds_nothing_private():
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert {".env", ".git", ".data", "tests", ".venv"} <= set(ignored)


def test_probe_asks_under_the_name_of_the_site(live_server):
    command = [sys.executable, "-m", "config.probe", f"{live_server.url}/healthz"]
    answer = subprocess.run(command, env=os.environ | {"SITE_URL": live_server.url})
    assert answer.returncode == 0
    refused = subprocess.run([*command[:-1], "http://127.0.0.1:9/healthz"], capture_output=True)
    assert refused.returncode == 1
