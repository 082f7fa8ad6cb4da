"""Blocks for schedulers: read as the scheduler reads them, and their command run as it would run it.

crontab: five fields and a command in which each percent sign is escaped. systemd: `systemd-analyze verify`, then the
unit's command. Airflow is too large to install for this: the DAG is parsed, its bash commands are run. Kubernetes: the
manifest's fields are looked at, and its container's arguments are run. Dockerfile: its RUN lines and its ENTRYPOINT are
run here, without an image. Each command must name a memory and is run twice: no record may then be there twice.
"""

from __future__ import annotations

import ast
import json
import re
import shlex
import shutil
from collections import Counter
from collections.abc import Callable

import yaml

from tests.docs.blocks import Block
from tests.docs.reader import Failed, Reader

_FIELD = re.compile(r"(\*|\d+(-\d+)?(,\d+(-\d+)?)*)(/\d+)?")


def _run_twice(block: Block, reader: Reader, run: Callable[[int], object], nothing_new: int = 0) -> None:
    """Run a scheduler's command twice: then there must be records, and none of them twice.

    run: with the exit status that is expected. nothing_new: that of the second run.
    """
    run(0)
    printed = run(nothing_new)
    urls = reader.recorded_urls()
    if not urls:
        raise Failed(f"{block}: its command has written no record")
    if twice := [url for url, count in Counter(urls).items() if count > 1]:
        raise Failed(f"{block}: its second run has written records again: {twice}\n{printed}")


def _needs_memory(text: str, block: Block) -> None:
    if "--memory" not in text and "NEWSCRAWL_MEMORY" not in text:
        raise Failed(f"{block}: no memory is named")


def _run_silently(line: str, block: Block, reader: Reader) -> None:
    if printed := reader.shell(line, block):
        raise Failed(f"{block}: cron would send a mail of a good run: {printed}")


def crontab(block: Block, reader: Reader) -> str:
    for line in filter(None, (line.strip() for line in block.text.splitlines())):
        if line.startswith("#") or re.match(r"\w+ ?=", line):
            continue
        *fields, command = line.split(None, 5)
        if len(fields) != 5 or not all(map(_FIELD.fullmatch, fields)):
            raise Failed(f"{block}: these are not the five fields of a crontab: {fields}")
        if re.search(r"(?<!\\)%", command):
            raise Failed(f"{block}: cron takes a bare % for the end of the line")
        _needs_memory(command, block)
        unescaped = command.replace("\\%", "%")
        _run_twice(block, reader, lambda _, line=unescaped: _run_silently(line, block, reader))
    return "crontab syntax checked, command run"


def systemd(block: Block, reader: Reader) -> str:
    path = reader.write(block)
    if shutil.which("systemd-analyze") is None:
        return "only read: systemd-analyze is not here"
    command = re.search(r"^ExecStart=(.+)$", path.read_text("utf-8"), re.M)
    if command is None:  # a timer: of no use without its service
        service = path.with_suffix(".service")
        reader.run(["systemd-analyze", "verify", str(service), str(path)], block)
        return "systemd-analyze verify"
    printed = reader.run(["systemd-analyze", "verify", str(path)], block)
    if path.name in printed:
        raise Failed(f"{block}: {printed}")
    _needs_memory(command[1], block)
    if re.search(r"(?<!%)%(?!%)", command[1]):
        raise Failed(f"{block}: a % is written %% in a unit")
    words = shlex.split(command[1].replace("%%", "%"))
    _run_twice(block, reader, lambda status: reader.run(words, block, status))
    return "systemd-analyze verify, ExecStart run"


def airflow(block: Block, reader: Reader) -> str:
    commands = [
        ast.literal_eval(word.value)
        for node in ast.walk(ast.parse(block.text))
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg == "bash_command"
    ]
    if not commands:
        raise Failed(f"{block}: no bash_command")
    for command in commands:
        _needs_memory(command, block)
        if "{{" in command or "{%" in command:
            raise Failed(f"{block}: Jinja would read this command")
        _run_twice(block, reader, lambda status, line=command: reader.shell(line, block, status), nothing_new=99)
    if "skip_on_exit_code=[99, 75]" not in block.text:
        raise Failed(f"{block}: nothing new is no skipped task")
    return "parsed, its bash commands run; without Airflow"


def kubernetes(block: Block, reader: Reader) -> str:
    whole = yaml.safe_load(block.text)
    if (whole["apiVersion"], whole["kind"]) != ("batch/v1", "CronJob"):
        raise Failed(f"{block}: not a CronJob")
    spec = whole["spec"]
    if spec["concurrencyPolicy"] != "Forbid" or not all(map(_FIELD.fullmatch, spec["schedule"].split())):
        raise Failed(f"{block}: schedule or concurrencyPolicy")
    pod = spec["jobTemplate"]["spec"]["template"]["spec"]
    if pod["restartPolicy"] not in ("Never", "OnFailure"):
        raise Failed(f"{block}: restartPolicy")
    volumes = {volume["name"] for volume in pod["volumes"]}
    for container in pod["containers"]:
        if not {mount["name"] for mount in container["volumeMounts"]} <= volumes:
            raise Failed(f"{block}: a mount without a volume")
        _needs_memory(" ".join(container["args"]), block)
        words = ["newscrawl", *map(reader.placed, container["args"])]
        _run_twice(block, reader, lambda status, line=words: reader.run(line, block, status))
    return "fields checked, the container's arguments run; without Kubernetes"


def dockerfile(block: Block, reader: Reader) -> str:
    entrypoint: list[str] = []
    for line in filter(None, block.text.replace("\\\n", " ").splitlines()):
        word, _, rest = line.partition(" ")
        if word == "RUN" and "apt-get" not in rest and "useradd" not in rest:
            reader.shell(rest, block)
        elif word == "ENTRYPOINT":
            entrypoint = json.loads(rest)
        elif word not in ("FROM", "WORKDIR", "USER", "VOLUME", "RUN", "ENV"):
            raise Failed(f"{block}: unknown instruction {word}")
    reader.run([*entrypoint, "--help"], block)
    reader.write(block)
    return "its pip and ENTRYPOINT lines run here; no image is built"
