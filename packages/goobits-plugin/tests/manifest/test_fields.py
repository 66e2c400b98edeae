"""Each key of a manifest: what it takes, what it refuses, and where."""

import pytest
from goobits_plugin import Dependency, Limits, ManifestError, Permissions, read_manifest
from goobits_plugin._manifest import CEILING, CODES

from .conftest import Build, Codes

GOOD = [
    {"name": '"a/b"'},
    {"name": f'"{"a" * 39}/{"b" * 39}"'},
    {"version": '"1!2.0rc1.post2.dev3+local.1"'},
    {"summary": '"é – 日本語"'},
    {"license": '"(Apache-2.0 OR MIT) AND LicenseRef-x"'},
    {"license": '"GPL-2.0-only WITH Classpath-exception-2.0"'},
    {"language": '"nodejs"', "entry": '"src/index.mjs"'},
    {"language": '"typescript"', "entry": '"src/index.mts"'},
    {"language": '"typescript"', "entry": '"dist/index.js"'},
    {"language": '"rust"', "entry": '"bin/{target}/hello"'},
    {"goobits": '">=0.1, <1"'},
    {"runtime": '"~=3.11"'},
    {"dependencies": '["acme/base", "acme/x>=1,<2", "b/c ==1.*"]'},
    {"tags": "[" + ", ".join(f'"t{i}"' for i in range(10)) + "]"},
    {"homepage": '"https://example.com:8443/a?b=c#d"'},
    {"repository": '"https://a-b.example.com"'},
    {"protocol": '"plain"'},
    {"exclude": '["tests", "*.log", "target/**"]'},
    {"permissions": 'read = [".", "a/b", ".config", "a..b"]'},
    {"permissions": 'write = ["out", "src/**/*.js", "a?b", "**", "a~"]'},
    {"permissions": 'run = ["git", "g++", "python3.11", "x_y-z"]'},
    {
        "permissions": 'network = ["api.github.com:443", "db:5432", "xn--bcher-kva.de:1"]'
    },
    {"permissions": 'network = ["1and1.com:65535", "0x.example:80"]'},
    {"permissions": 'services = ["docker"]\nsystem = ["processes", "metrics"]'},
    {"permissions": 'env = ["GIT_AUTHOR_NAME", "_x1", "PATHS", "MY_PATH"]'},
    {"limits": 'memory = "4 GiB"\nwall = 0.5\ncpu = 3600'},
    {"limits": 'memory = 1\noutput = "1KiB"\ndisk = "1024 MiB"\nprocesses = 256'},
]
BAD = [
    ({"schema": "2"}, "P007 1:10-11"),
    ({"schema": "true"}, "P007 1:10-14"),
    ({"schema": '"1"'}, "P007 1:10-13"),
    *(
        ({"name": f'"{name}"'}, f"P008 2:8-{10 + len(name)}")
        for name in (
            *(
                "hello",
                "Acme/x",
                "a/b/c",
                "/b",
                "a/",
                "-a/b",
                "a-/b",
                "a--b/c",
                "a_b/c",
            ),
            *(
                "a.b/c",
                "../b",
                "á/b",
                f"{'a' * 40}/b",
                f"a/{'b' * 40}",
                "a/b ",
                "a/b\\n",
            ),
        )
    ),
    ({"name": "1"}, "P004 2:8-9"),
    ({"version": '"one"'}, "P008 3:11-16"),
    ({"version": '"v1.0"'}, "P008 3:11-17"),
    ({"version": '"1.02"'}, "P008 3:11-17"),
    ({"version": '"1.0 "'}, "P008 3:11-17"),
    ({"version": '"1.0/../x"'}, "P008 3:11-21"),
    ({"version": "1.0"}, "P004 3:11-14"),
    ({"version": f'"1{"0" * 64}"'}, "P009 3:11-78"),
    ({"summary": '""'}, "P008 4:11-13"),
    ({"summary": '" "'}, "P008 4:11-14"),
    ({"summary": '"a\\nb"'}, "P008 4:11-17"),
    ({"summary": f'"{"a" * 121}"'}, "P009 4:11-134"),
    ({"license": '"MIT and more"'}, "P008 5:11-25"),
    ({"license": '"(MIT"'}, "P008 5:11-17"),
    ({"license": '")MIT("'}, "P008 5:11-18"),
    ({"language": '"ruby"'}, "P007 6:12-18"),
    *(
        ({"entry": f'"{entry}"'}, f"P011 7:9-{11 + len(entry)}")
        for entry in (
            *(
                "/a.py",
                "../a.py",
                "a/../b.py",
                "a/./b.py",
                "./a.py",
                "a//b.py",
                "~/a.py",
            ),
            *("C:a.py", "a b.py", "-a.py", "a./b.py", "é.py", "{x}/a.py", ""),
        )
    ),
    ({"entry": '"a.js"'}, "P012 7:9-15"),
    ({"entry": '"{target}/a.py"'}, "P012 7:9-24"),
    ({"language": '"rust"', "entry": '"hello"'}, "P012 7:9-16"),
    ({"language": '"rust"', "entry": '"{target}/{target}/x"'}, "P011 7:9-30"),
    ({"language": '"nodejs"', "entry": '"a.ts"'}, "P012 7:9-15"),
    ({"goobits": '""'}, "P008 8:11-13"),
    ({"goobits": '"1.0"'}, "P008 8:11-16"),
    ({"goobits": '">=1,"'}, "P008 8:11-17"),
    ({"goobits": '">=1.x.*"'}, "P008 8:11-20"),
    ({"goobits": '"===1"'}, "P008 8:11-17"),
    ({"dependencies": '"a/b"'}, "P004 8:16-21"),
    ({"dependencies": '["base"]'}, "P008 8:17-23"),
    ({"dependencies": '["a/b@1"]'}, "P008 8:17-24"),
    ({"dependencies": '["a/b>=1.x"]'}, "P008 8:17-27"),
    ({"dependencies": '["a/b", "a/b>1"]'}, "P010 8:24-31"),
    ({"dependencies": '["acme/hello"]'}, "P012 8:17-29"),
    ({"tags": '["Git"]'}, "P008 8:9-14"),
    ({"tags": '["a", "a"]'}, "P010 8:14-17"),
    ({"tags": "[" + ", ".join(f'"t{i}"' for i in range(11)) + "]"}, "P009 8:1-5"),
    *(
        ({"homepage": f'"{url}"'}, f"P008 8:12-{14 + len(url)}")
        for url in (
            *(
                "http://a.b",
                "https://a",
                "https://u@a.b",
                "https://a.b/ x",
                "ftp://a.b",
            ),
            *(
                "javascript:alert",
                "https://a.b/<x>",
                "https://é.de",
                "https://a.b\\\\@c.d",
            ),
        )
    ),
    ({"protocol": '"json"'}, "P007 8:12-18"),
    ({"exclude": '["../x"]'}, "P011 8:12-18"),
    ({"langauge": '"python"'}, "P006 8:1-9"),
    ({"memory": '"1 MiB"'}, "P006 8:1-7"),
    ({"permissions": "reed = []"}, "P006 9:1-5"),
    ({"permissions": "runtime = '>=3'"}, "P006 9:1-8"),
    ({"permissions": 'read = "x"'}, "P004 9:8-11"),
    *(
        ({"permissions": f'read = ["{path}"]'}, f"P011 9:9-{11 + len(path)}")
        for path in (
            "/etc",
            "a\\nb",
            "a\\tb",
            "..",
            "a/..",
            "a/../b",
            "~",
            "~/x",
            "~root",
            "",
            "a//b",
            "a*",
        )
    ),
    *(
        ({"permissions": f'write = ["{path}"]'}, f"P011 9:10-{12 + len(path)}")
        for path in (
            "/etc",
            "a\\nb",
            "a\\tb",
            "..",
            "**/..",
            "~/x",
            "a**",
            "a/**b/c",
            "",
            "./a",
            "a/",
            "a\\\\b",
        )
    ),
    *(
        ({"permissions": f'run = ["{name}"]'}, f"P014 9:8-{10 + len(name)}")
        for name in (
            "/bin/sh",
            "../x",
            "a b",
            "",
            "-x",
            ".",
            "..",
            "a/b",
            "é",
            "$SHELL",
        )
    ),
    *(
        ({"permissions": f'network = ["{host}"]'}, f"P014 9:12-{14 + len(host)}")
        for host in (
            *(
                "a.com",
                "localhost:80",
                "x.localhost:80",
                "a.com:0",
                "a.com:65536",
                "a.com:080",
                "a.com:",
                ":443",
                "a.com:x",
            ),
            *(
                "*.a.com:443",
                "*:443",
                "A.com:443",
                "a.com.:443",
                "a..com:443",
                "é.de:443",
            ),
            *(
                "127.0.0.1:80",
                "127.1:80",
                "2130706433:80",
                "0x7f000001:80",
                "0177.0.0.1:80",
            ),
            *("[::1]:80", "::1:80", "1.0x7f:80", "a.1:80", "-a.com:80", "a-.com:80"),
            *(
                "https://a.com:443",
                "u@a.com:443",
                "a.com:443/x",
                "a_b.com:443",
                "a.com:4 43",
            ),
            *("ab--c.com:443", "xn--a.com:443", "xn--.com:443", "xn--abc-.com:443"),
            *(
                f"{'a' * 64}.com:443",
                "abcdefghi." * 25 + "abcd:443",
                "１.com:443",
                "a.com:４",
            ),
        )
    ),
    ({"permissions": 'services = ["podman"]'}, "P007 9:13-21"),
    ({"permissions": 'system = ["Processes"]'}, "P007 9:11-22"),
    *(
        ({"permissions": f'env = ["{name}"]'}, f"P014 9:8-{10 + len(name)}")
        for name in (
            *(
                "LD_PRELOAD",
                "PYTHONPATH",
                "PYTHON",
                "NODE_OPTIONS",
                "RUSTFLAGS",
                "RUST_LOG",
            ),
            *(
                "GOOBITS_RPC_FD",
                "PATH",
                "HOME",
                "http_proxy",
                "HTTPS_PROXY",
                "No_Proxy",
            ),
            *("Path", "ld_preload", "A=B", "1A", "", "A B", "É"),
        )
    ),
    (
        {"permissions": "env = [" + ", ".join(f'"A{i}"' for i in range(65)) + "]"},
        "P009 9:1-4",
    ),
    *(
        ({"limits": f"{name} = {value}"}, f"P013 11:{4 + len(name)}-{end}")
        for name, value, end in (
            *(("memory", '"5 GiB"', 17), ("memory", "0", 11), ("memory", "-1", 12)),
            *(("wall", "3601", 12), ("cpu", "inf", 10), ("processes", "257", 16)),
            *(
                ("output", '"65 MiB"', 18),
                ("disk", '"2 GiB"', 15),
                ("wall", "1e400", 13),
            ),
        )
    ),
    *(
        ({"limits": f"{name} = {value}"}, f"P004 11:{4 + len(name)}-{end}")
        for name, value, end in (
            *(
                ("memory", '"5 GB"', 16),
                ("memory", '"1.5 GiB"', 19),
                ("wall", "nan", 11),
            ),
            *(("memory", "1.0", 13), ("wall", '"60"', 12), ("processes", "2.5", 16)),
            *(
                ("processes", "true", 17),
                ("cpu", "false", 12),
                ("memory", '"0 MiB"', 17),
            ),
        )
    ),
    ({"limits": "memry = 1"}, "P006 11:1-6"),
    ({"commands": ""}, "P005 1:1-2"),
    ({"commands": "[commands]"}, "P015 12:2-10"),
]


@pytest.mark.parametrize("changes", GOOD, ids=str)
def test_good_value_is_read(
    changes: dict[str, str], build: Build, codes: Codes
) -> None:
    """A rule that refuses what authors need would be worked around."""
    assert codes(build(**changes)) == []


@pytest.mark.parametrize(("changes", "expected"), BAD, ids=str)
def test_bad_value_is_one_mistake_with_its_place(
    changes: dict[str, str], expected: str, build: Build, codes: Codes
) -> None:
    """Each is something that a store, a sandbox or a reader of the consent would trip over."""
    assert codes(build(**changes)) == [expected]


@pytest.mark.parametrize(
    "key", ["schema", "name", "version", "summary", "license", "language", "entry"]
)
def test_required_key_is_missed(key: str, build: Build) -> None:
    """A plugin without one cannot be shown, stored or run."""
    with pytest.raises(
        ManifestError, match=rf"P005\]: the manifest lacks the key '{key}'"
    ):
        read_manifest(build(**{key: ""}))


def test_all_mistakes_come_at_once(build: Build, codes: Codes) -> None:
    """An author who mends one mistake a run gives up."""
    text = build(name='"x"', tags="[1]", permissions="read = 1", limits="cpu = 0")
    assert [code[:4] for code in codes(text + "opts = 1")] == [
        *("P008", "P004", "P004", "P013", "G012")
    ]


def test_runtime_of_rust_is_refused(build: Build, codes: Codes) -> None:
    """A program of its own has no interpreter: the author means something else."""
    rust = {"language": '"rust"', "entry": '"bin/{target}/x"', "runtime": '">=1"'}
    assert codes(build(**rust)) == ["P012 8:1-8"]


def test_other_schema_is_the_only_mistake(build: Build, codes: Codes) -> None:
    """What a later schema calls its keys is not known here."""
    assert codes(build(schema="2", name="1", later="1")) == ["P007 1:10-11"]


@pytest.mark.parametrize(
    ("changes", "help"),
    [
        ({"langauge": "1"}, "did you mean 'language'?"),
        ({"language": '"Pyton"'}, "did you mean 'python'? choose from python, nodejs,"),
        ({"wall": "1"}, "it belongs below [limits]"),
        ({"network": "[]"}, "it belongs below [permissions]"),
        ({"permissions": "tags = []"}, "it belongs at the top, before the first table"),
        ({"limits": 'memory = "8 GiB"'}, "at most 4096 MiB"),
        ({"version": '"v1.0"'}, "write '1.0'"),
        ({"permissions": 'env = ["PATH"]'}, "that the host or a runtime heeds"),
        ({"name": "acme/hello"}, "a text needs quotes"),
    ],
    ids=str,
)
def test_help_says_how_to_mend_it(
    changes: dict[str, str], help: str, build: Build
) -> None:
    """A refusal without a way on is a dead end."""
    with pytest.raises(ManifestError) as caught:
        read_manifest(build(**changes))
    assert help in str(caught.value)


def test_values_are_those_of_the_manifest(build: Build) -> None:
    """Everything that was asked for arrives, as it was written."""
    found = read_manifest(
        build(
            permissions='read = ["."]\nnetwork = ["a.example:443"]',
            limits='memory = "64 MiB"\nwall = 5\noutput = 1000',
            dependencies='["acme/base >=1,<2", "acme/x"]',
            tags='["a", "b"]',
        )
    )
    assert (found.name, found.publisher, found.protocol) == (
        "acme/hello",
        "acme",
        "rpc",
    )
    assert found.permissions == Permissions(read=(".",), network=("a.example:443",))
    assert found.limits == Limits(memory=64 << 20, wall=5.0, output=1000)
    assert isinstance(found.limits.wall, float)
    expected = (Dependency("acme/base", ">=1,<2"), Dependency("acme/x"))
    assert found.dependencies == expected
    assert found.tags == ("a", "b")


def test_absent_permissions_allow_nothing(build: Build) -> None:
    """Nothing is granted that a manifest does not say."""
    assert read_manifest(build()).permissions == Permissions()


@pytest.mark.parametrize("name", ["memory", "processes", "output", "disk"])
def test_ceiling_itself_is_allowed(name: str, build: Build, codes: Codes) -> None:
    """A limit "lower than the ceiling" must not shut out the number that the message names."""
    ceiling = getattr(CEILING, name)
    assert codes(build(limits=f"{name} = {ceiling}")) == []
    assert codes(build(limits=f"{name} = {ceiling + 1}"))[0].startswith("P013")


def test_every_code_that_is_given_has_a_meaning() -> None:
    """Documentation is made of the list."""
    given = {expected[:4] for _, expected in BAD}
    assert given <= set(CODES)
