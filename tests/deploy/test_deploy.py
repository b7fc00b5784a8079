"""The examples for containers and Kubernetes: valid, complete, and about settings and paths that exist."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import urllib.request
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "examples/deploy"
KUBERNETES = DEPLOY / "kubernetes"
VERSIONS = ("1.31", "1.34")  # the oldest and newest that these were written for
ROUTES = (ROOT / "src/serve/v1/routes.c").read_text(encoding="utf-8")


def setting_names():
    table = (ROOT / "src/config/settings.h").read_text(encoding="utf-8")
    return set(re.findall(r'^ +X\(\w+, "([a-z-]+)"', table, re.MULTILINE))


def variable_names():
    return {"LINCE_" + name.upper().replace("-", "_") for name in setting_names()}


def objects():
    found = []
    for path in sorted(KUBERNETES.glob("*.yaml")):
        if path.name != "kustomization.yaml":
            found += [each for each in yaml.safe_load_all(path.read_text(encoding="utf-8")) if each]
    return found


OBJECTS = objects()
NAMES = [f"{each['kind']}/{each['metadata']['name']}" for each in OBJECTS]
PODS = {each["metadata"]["name"]: each["spec"]["template"] for each in OBJECTS if each["kind"] == "Deployment"}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("each", OBJECTS, ids=NAMES)
def test_every_object_is_of_its_schema(each, version):
    validate = pytest.importorskip("kubernetes_validate")
    validate.validate(each, version, strict=True)


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl is not installed")
def test_kustomize_builds_it():
    done = subprocess.run(["kubectl", "kustomize", KUBERNETES], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    built = [each for each in yaml.safe_load_all(done.stdout) if each]
    assert len(built) == len(OBJECTS) + 1
    (settings,) = [each for each in built if each["kind"] == "ConfigMap"]
    for pod in (each["spec"]["template"]["spec"] for each in built if each["kind"] == "Deployment"):
        (container,) = pod["containers"]
        assert container["envFrom"][0]["configMapRef"]["name"] == settings["metadata"]["name"]
        assert container["image"].startswith("registry.example.org/lince:")


def test_there_are_fronts_and_workers_with_what_keeps_them_up():
    assert sorted(NAMES) == [
        "Deployment/lince-front",
        "Deployment/lince-worker",
        "HorizontalPodAutoscaler/lince-worker",
        "PodDisruptionBudget/lince-front",
        "PodDisruptionBudget/lince-worker",
        "Service/lince",
    ]
    labels = {name: pod["metadata"]["labels"] for name, pod in PODS.items()}
    for each in OBJECTS:
        selector = each["spec"].get("selector", {})
        selector = selector.get("matchLabels", selector)
        if selector:
            assert selector in labels.values(), each["metadata"]["name"]
    (scaler,) = [each for each in OBJECTS if each["kind"] == "HorizontalPodAutoscaler"]
    assert scaler["spec"]["scaleTargetRef"]["name"] in PODS
    metric = scaler["spec"]["metrics"][0]["external"]["metric"]["name"].removeprefix("lince_")
    assert f'"{metric}"' in (ROOT / "src/serve/v1/metrics_text.c").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PODS)
def test_a_pod_has_no_rights_that_it_does_not_need(name):
    pod = PODS[name]["spec"]
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["runAsUser"] > 0
    assert pod["securityContext"]["seccompProfile"]["type"] == "RuntimeDefault"
    assert pod["automountServiceAccountToken"] is False
    rights = container["securityContext"]
    assert rights["readOnlyRootFilesystem"] and rights["allowPrivilegeEscalation"] is False
    assert rights["capabilities"]["drop"] == ["ALL"]
    assert {each["name"] for each in container["volumeMounts"]} == {each["name"] for each in pod["volumes"]}


@pytest.mark.parametrize("name", PODS)
def test_a_pod_is_probed_where_something_answers(name):
    (container,) = PODS[name]["spec"]["containers"]
    paths = {probe: container[probe + "Probe"]["httpGet"]["path"] for probe in ("startup", "readiness", "liveness")}
    assert paths == {"startup": "/livez", "readiness": "/readyz", "liveness": "/livez"}
    assert all(f'"{path}"' in ROUTES for path in paths.values())
    flags = [argument[2:] for argument in container["args"] if argument.startswith("--")]
    assert flags and set(flags) <= setting_names()
    role, memory = (container["args"][container["args"].index(flag) + 1] for flag in ("--role", "--memory"))
    assert name == f"lince-{role}"
    limit = int(container["resources"]["limits"]["memory"].removesuffix("Mi")) << 20
    assert int(memory.removesuffix("MB")) * 10**6 < limit * 15 // 16
    # What is in progress has as long as --timeout and the requests take.
    assert PODS[name]["spec"]["terminationGracePeriodSeconds"] >= 60


def test_variables_are_settings():
    texts = [path.read_text(encoding="utf-8") for path in DEPLOY.rglob("*") if path.is_file()]
    named = {name for text in texts for name in re.findall(r"LINCE_[A-Z_]+", text)}
    assert named and named <= variable_names()


def test_three_nodes_in_compose_share_one_database():
    made = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    services = made["services"]
    nodes = {name: each for name, each in services.items() if each["image"] == "lince"}
    assert len(nodes) == 3 and len({each["ports"][0] for each in nodes.values()}) == 3
    assert len({each["environment"]["LINCE_STORE"] for each in nodes.values()}) == 1
    for each in services.values():
        assert set(each["secrets"]) <= made["secrets"].keys()
        volumes = [volume.split(":")[0] for volume in each.get("volumes", ()) if ":" in volume]
        assert set(volumes) <= made["volumes"].keys()
        assert set(each.get("depends_on", ())) <= services.keys()
    for each in nodes.values():
        assert each["read_only"] and each["cap_drop"] == ["ALL"]
        host = re.search(r"@(\w+)/", each["environment"]["LINCE_STORE"])[1]
        assert host in services and each["depends_on"][host]["condition"] == "service_healthy"
        assert "healthcheck" in services[host]


def needed_libraries():
    programs = [ROOT / "build/release" / name for name in ("lince", "lince-service")]
    found = set()
    for program in programs:
        listed = subprocess.run(["objdump", "-p", program], capture_output=True, text=True, check=True).stdout
        found |= set(re.findall(r"NEEDED +(\S+)", listed))
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.c"))
    return found | set(re.findall(r'"(lib[\w.+-]+\.so\.\d+)"', sources))


def package_of(library):
    listed = subprocess.run(["dpkg", "-S", f"*/{library}"], capture_output=True, text=True, check=False).stdout
    return listed.split(":")[0] if listed else None


@pytest.mark.skipif(shutil.which("objdump") is None, reason="binutils is not installed")
def test_the_image_has_the_packages_of_the_programs():
    release = dict(re.findall(r'(\w+)="?([^"\n]*)', Path("/etc/os-release").read_text(encoding="utf-8")))
    if release.get("VERSION_CODENAME") != "bookworm":
        pytest.skip("packages have other names in other releases of Debian")
    installed = set(re.findall(r"[a-z][a-z0-9.+-]+", (DEPLOY / "Dockerfile").read_text(encoding="utf-8")))
    packages = {package_of(library) for library in needed_libraries()} - {
        None,
        "libc6",
        "libc6-i386",
        "libonnxruntime1.21",
    }
    assert "libpq5" in packages and packages <= installed | {"libstdc++6", "libgcc-s1"}, packages - installed


# ---- the image ----

DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").split("\nFROM ")[-1]
PROGRAM = Path(os.environ.get("LINCE_PROGRAM", ROOT / "build/release/lince"))
USER = int(re.search(r"^USER (\d+)$", DOCKERFILE, re.MULTILINE)[1])


def image_variables():
    lines = re.findall(r"^ENV (.+)$", DOCKERFILE, re.MULTILINE)
    return dict(pair.split("=", 1) for line in lines for pair in line.split())


def test_the_image_keeps_its_data_where_its_user_may_write_and_answers_from_outside():
    variables = image_variables()
    assert set(variables) <= variable_names()
    assert f"--uid {USER} " in DOCKERFILE
    folder = variables["LINCE_DATA"]
    assert folder.startswith("/") and re.search(rf"install -d -o lince [^&\n]*{folder}\b", DOCKERFILE)
    host, _, port = variables["LINCE_LISTEN"].rpartition(":")
    assert host == "0.0.0.0" and f"EXPOSE {port}" in DOCKERFILE
    assert f'VOLUME ["{folder}"]' in DOCKERFILE
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    assert f"LINCE_DATA: {folder}" in text and f"LINCE_LISTEN: {host}:{port}" in text


def as_user():
    os.setgroups([])
    os.setgid(USER)
    os.setuid(USER)


def container(environment):
    """What the image runs: its command, as its user, in its folder."""
    options = {"cwd": "/", "env": environment, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([PROGRAM, "serve"], preexec_fn=as_user, **options)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become the user of the image")
def test_what_the_image_runs_serves():
    models = os.environ.get("LINCE_MODELS", str(ROOT / "models/prepared"))
    base = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "LINCE_MODELS": models}
    version = [PROGRAM, "version"]
    if subprocess.run(version, preexec_fn=as_user, env=base, cwd="/", capture_output=True, check=False).returncode:
        pytest.skip("another user may not enter the folder of the program")
    bare = container(base)  # neither a folder to write to nor an address for others
    assert bare.wait(60) == 74 and "lince-data" in bare.communicate()[1]
    with tempfile.TemporaryDirectory() as folder, socket.socket() as found:
        Path(folder).chmod(0o755)
        (Path(folder) / "data").mkdir()
        os.chown(Path(folder) / "data", USER, -1)
        found.bind(("0.0.0.0", 0))
        port = found.getsockname()[1]
        found.close()
        variables = image_variables()
        host = variables["LINCE_LISTEN"].rpartition(":")[0]
        node = container(base | variables | {"LINCE_DATA": f"{folder}/data", "LINCE_LISTEN": f"{host}:{port}"})
        try:
            assert node.stdout.readline(), node.stderr.read()
            # Not the loopback address that the built-in value listens on.
            with urllib.request.urlopen(f"http://127.0.0.2:{port}/livez", timeout=30) as answer:
                assert answer.status == 200
            assert (Path(folder) / "data/store.db").exists()
        finally:
            node.terminate()
            assert node.wait(60) == 0
