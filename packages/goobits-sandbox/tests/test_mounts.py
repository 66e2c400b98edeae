"""What the caller vouches for, shown at a place of its own."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from goobits_sandbox import Limits, Policy, PolicyError, Sandbox


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    folder = tmp_path / "tools"
    folder.mkdir()
    program = folder / "hello"
    program.write_text("#!/bin/sh\necho hello from $0\n")
    program.chmod(0o755)
    return folder


def test_mount_is_seen_at_its_place_and_nowhere_else(
    tools: Path, project: Path
) -> None:
    """Who is shown a folder need not learn where it lies."""
    policy = Policy(project=str(project), mounts=((str(tools), "/plugin"),))
    outcome = Sandbox(policy).run(["sh", "-c", f"ls /plugin; ls {tools}"])
    assert outcome.stdout == b"hello\n"
    assert b"No such file" in outcome.stderr


def test_program_of_a_mount_is_run_from_there(tools: Path, project: Path) -> None:
    """A tool that ships its own program needs none of the host's."""
    policy = Policy(project=str(project), mounts=((str(tools), "/plugin"),))
    outcome = Sandbox(policy).run(["/plugin/hello"])
    assert outcome.stdout == b"hello from /plugin/hello\n"


def test_nothing_is_written_to_a_mount(tools: Path, project: Path) -> None:
    """It is the host's, whatever the modes of its files say."""
    policy = Policy(project=str(project), mounts=((str(tools), "/plugin"),))
    script = "echo changed > /plugin/hello; touch /plugin/new; rm -f /plugin/hello"
    outcome = Sandbox(policy).run(["sh", "-c", script])
    assert outcome.exit_code != 0
    assert [path.name for path in tools.iterdir()] == ["hello"]
    assert "changed" not in (tools / "hello").read_text()


def test_place_of_a_single_file(tools: Path, project: Path) -> None:
    """One module can be shown without its neighbours."""
    mounts = ((str(tools / "hello"), "/opt/tool/hello"),)
    outcome = Sandbox(Policy(project=str(project), mounts=mounts)).run(
        ["/opt/tool/hello"]
    )
    assert outcome.stdout == b"hello from /opt/tool/hello\n"


@pytest.mark.parametrize(
    "place",
    "/ /usr/bin /usr /etc/passwd /proc/1 /tmp/x /run/goobits x /a/../usr /a/ //a /dev".split(),
)
def test_place_that_hides_what_a_guest_has_is_refused(
    tools: Path, project: Path, place: str
) -> None:
    """A mount over /etc or the launcher would change what holds the guest."""
    policy = Policy(project=str(project), mounts=((str(tools), place),))
    with pytest.raises(PolicyError) as caught:
        Sandbox(policy).run(["true"])
    assert caught.value.field == "mounts"


def test_place_below_the_project_or_another_mount_is_refused(
    tools: Path, project: Path
) -> None:
    """Which of two things is seen at a place must not depend on their order."""
    below = Policy(
        project=str(project),
        read=(".",),
        mounts=((str(tools), f"{project}/tools"),),
    )
    twice = Policy(
        project=str(project),
        mounts=((str(tools), "/plugin"), (str(tools), "/plugin/more")),
    )
    for policy in (below, twice):
        with pytest.raises(PolicyError):
            Sandbox(policy).run(["true"])


def test_time_that_a_guest_waited_for_a_person_is_not_its_own(project: Path) -> None:
    """Who thinks about an answer must not see the program die of it."""
    policy = Policy(project=str(project), limits=Limits(wall=0.5))
    start = time.monotonic()
    waited = Sandbox(policy).run(
        ["sleep", "1"], waited=lambda: min(1.5, time.monotonic() - start)
    )
    ended = Sandbox(policy).run(["sleep", "5"], waited=lambda: 0.2)
    assert waited.reason == "exited"
    assert ended.reason == "timed_out"
    assert ended.usage.wall == pytest.approx(0.7, abs=0.4)
