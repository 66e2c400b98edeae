"""A plugin that misbehaves: one clear line, the right exit code, in time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Odd = Callable[..., object]
PROTOCOL = {
    "no JSON": ("greet(); send(b'hello\\n')", "it sent what is no JSON"),
    "not UTF-8": ("greet(); send(b'\\xff\\xfe\\n')", "it sent what is no JSON"),
    "no object": ("greet(); send(b'[1]\\n')", "it sent JSON that is no object"),
    "deep JSON": (
        "greet(); send(b'[' * 100000 + b'\\n')",
        "it sent JSON that is too deep",
    ),
    "NaN": (
        "greet(); send(b'{\"a\": NaN}\\n')",
        "it sent NaN, which is no JSON",
    ),
    "one name twice": (
        'greet(); send(b\'{"id": 2, "id": 2}\\n\')',
        "it sent an object with one name twice",
    ),
    "huge number": (
        "greet(); send(b'{\"id\": ' + b'9' * 9999 + b'}\\n')",
        "it sent what is no JSON",
    ),
    "no JSON-RPC": (
        'greet(); send(b\'{"id": 2, "result": {"exit_code": 0}}\\n\')',
        "it sent what is no JSON-RPC 2.0",
    ),
    "a batch": ("greet(); send(b'[{}, {}]\\n')", "it sent JSON that is no object"),
    "2 MiB line": (
        "greet(); send(b'{\"a\": \"' + b'x' * (2 << 20) + b'\"}\\n')",
        "it sent a message of more than 1 MiB",
    ),
    "endless line": (
        "greet()\nwhile True: send(b'x' * 65536)",
        "it sent a message of more than 1 MiB",
    ),
    "another cookie": (
        "hear(); say(id=1, result={'protocol': 1, 'cookie': 'x', 'sdk': 'raw'})",
        "it answered another handshake",
    ),
    "another version": (
        (
            "hello = hear(); say(id=1, result={'protocol': 2, 'sdk': 'raw',"
            " 'cookie': hello['params']['cookie']})"
        ),
        "it speaks another version than 1",
    ),
    "version true": (
        (
            "hello = hear(); say(id=1, result={'protocol': True, 'sdk': 'raw',"
            " 'cookie': hello['params']['cookie']})"
        ),
        "it speaks another version than 1",
    ),
    "no handshake": ("hear(); hear(); end()", "it answered what it was not asked yet"),
    "speaks first": (
        "say(method='$/log', params={'level': 'info', 'message': 'x'})",
        "it spoke before it had answered the handshake",
    ),
    "answers twice": ("greet(); end(); end()", "it answered twice"),
    "greets twice": (
        (
            "hello = hear(); result = {'protocol': 1, 'sdk': 'raw',"
            " 'cookie': hello['params']['cookie']}\n"
            "say(id=1, result=result); say(id=1, result=result)"
        ),
        "it answered what it was not asked yet, or twice",
    ),
    "answers nothing asked": (
        "greet(); say(id=99, result={})",
        "it answered what it was not asked",
    ),
    "exit code out of range": (
        "greet(); end(256)",
        "its exit code is no number from 0 to 255",
    ),
    "exit code true": (
        "greet(); end(True)",
        "its exit code is no number from 0 to 255",
    ),
    "result and error": (
        "greet(); say(id=2, result={'exit_code': 0}, error={'code': 1, 'message': ''})",
        "its answer is neither a result nor an error",
    ),
    "goes on": (
        "greet(); end(); say(method='$/log', params={'level': 'info', 'message': ''})",
        "it went on after its answer",
    ),
    "shape of progress": (
        "greet(); say(method='$/progress', params={'token': 1, 'message': 2})",
        "its $/progress has another shape",
    ),
    "number beyond all": (
        (
            'greet(); send(b\'{"jsonrpc": "2.0", "method": "$/progress", "params":'
            ' {"token": 1, "message": "", "done": 1\' + b\'0\' * 400 + b\'}}\\n\')'
        ),
        "its $/progress has another shape",
    ),
    "shape of a frame": (
        "greet(); say(method='ui/frame', params={'lines': 'one'})",
        "its ui/frame has another shape",
    ),
    "17 questions": (
        (
            "greet()\nsend(b''.join(json.dumps({'jsonrpc': '2.0', 'id': n,"
            " 'method': 'ui/secret', 'params': {'message': 'x'}}).encode() + b'\\n'"
            " for n in range(1, 18)))"
        ),
        "it asked for more than 16 things at once",
    ),
    "one number twice": (
        (
            "greet()\nsend(b''.join(json.dumps({'jsonrpc': '2.0', 'id': 1,"
            " 'method': 'ui/secret', 'params': {'message': 'x'}}).encode() + b'\\n'"
            " for n in range(2)))"
        ),
        "two open requests of it have one number",
    ),
}


@pytest.mark.parametrize(("source", "said"), PROTOCOL.values(), ids=list(PROTOCOL))
def test_broken_protocol_ends_the_plugin(odd: Odd, source: str, said: str) -> None:
    """What the protocol does not know is not guessed at; a minute's sleep is cut short."""
    ended = odd(f"{source}\ntime.sleep(60)\n", wall=60)
    line = f"demo: error: plugin 'acme/odd' broke the protocol: {said}"
    assert (ended.code, ended.stdout) == (1, "")
    assert ended.stderr.startswith(line)
    assert ended.stderr.count("\n") == 1
    assert ended.seconds < 20


@pytest.mark.parametrize(
    ("source", "code", "said"),
    [
        ("time.sleep(60)", 124, "was stopped: it ran for longer than 1 seconds"),
        ("greet(); time.sleep(60)", 124, "was stopped: it ran for longer than 1 sec"),
        ("greet(); end(); time.sleep(60)", 124, "was stopped: it ran for longer"),
        (
            "greet()\nwhile True: print('x' * 1000)",
            137,
            "was stopped: it printed more than 65536 bytes",
        ),
        (
            "greet(); held = b'x' * (1 << 30); end()",
            1,
            "failed: it ended with exit code 1 without an answer",
        ),
        (
            "sys.exit(3)",
            1,
            "could not start: it ended with exit code 3 before the handshake",
        ),
        ("sys.exit(0)", 1, "could not start: it ended with exit code 0 before the"),
        ("hear(); sys.exit(4)", 1, "could not start: it ended with exit code 4 before"),
        ("greet(); sys.exit(0)", 1, "failed: it ended with exit code 0 without an"),
        ("greet(); rpc.close(); lines.close()", 1, "failed: it ended with exit code 0"),
        ("os.kill(os.getpid(), 11)", 139, "crashed: killed by SIGSEGV"),
        ("greet(); os.kill(os.getpid(), 9)", 137, "crashed: killed by SIGKILL"),
        ("greet(); end(); os.kill(os.getpid(), 9)", 137, "crashed: killed by SIGKILL"),
    ],
)
def test_plugin_without_an_answer(odd: Odd, source: str, code: int, said: str) -> None:
    """Who typed the command sees which plugin it was, and what it did."""
    ended = odd(f"{source}\n", wall=1)
    last = ended.stderr.splitlines()[-1]
    assert ended.code == code
    assert last.startswith(f"demo: error: plugin 'acme/odd' {said}")
    assert ended.seconds < 20


def test_exit_code_is_the_one_that_was_answered(odd: Odd) -> None:
    """That of the process is nobody's business once there is an answer."""
    ended = odd("greet(); print('said', flush=True); end(7); sys.exit(3)\n")
    assert (ended.code, ended.stdout, ended.stderr) == (7, "said\n", "")


def test_hook_that_failed_is_shown_as_that_of_a_program(odd: Odd) -> None:
    """Its message on one line, and its trace only when that is asked for."""
    source = (
        "greet(); say(id=2, error={'code': -32000, 'message': 'no\\x1b[2J luck',"
        " 'data': {'trace': 'here\\nand there'}})\n"
    )
    ended = odd(source)
    assert (ended.code, ended.stderr) == (1, "demo: error: no luck\n")
    traced = odd(source, "odd", "--verbose")
    assert traced.stderr == "here\nand there\ndemo: error: no luck\n"


def test_unknown_requests_are_answered_and_unknown_notices_ignored(odd: Odd) -> None:
    """The protocol can grow."""
    ended = odd(
        "greet(); say(method='$/later', params={}); say(id=1, method='x/y', params={})\n"
        "print(hear()['error']['code'], flush=True); end()\n"
    )
    assert (ended.code, ended.stdout) == (0, "-32601\n")


def test_flood_of_log_lines_is_a_flood_of_output(odd: Odd) -> None:
    """They reach the same terminal, and the same file."""
    source = (
        "greet()\nwhile True: say(method='$/log',"
        " params={'level': 'error', 'message': 'x' * 1000})\n"
    )
    ended = odd(source)
    assert ended.code == 137
    assert "it logged more than 65536 characters" in ended.stderr
    assert len(ended.stderr) < 200_000


def test_questions_without_a_terminal_are_refused(odd: Odd) -> None:
    """A script must not hang on a question that nobody sees."""
    ended = odd(
        "greet(); say(id=1, method='ui/prompt', params={'message': 'x', 'default': None})\n"
        "print(hear()['error']['code'], flush=True); end()\n"
    )
    assert (ended.code, ended.stdout) == (0, "-32001\n")


def test_numbers_of_the_machine_are_for_who_was_granted_them(odd: Odd) -> None:
    """They say what else runs here."""
    source = (
        "greet(); say(id=1, method='system/metrics', params={}); answer = hear()\n"
        "print(answer.get('error', {}).get('code'), list(answer.get('result', {})))\n"
        "sys.stdout.flush(); end()\n"
    )
    refused = odd(source)
    granted = odd(source, more='[permissions]\nsystem = ["metrics"]')
    assert refused.stdout == "-32003 []\n"
    assert granted.stdout.startswith("None ['cpu', ")


def test_child_that_keeps_the_socket_ends_with_the_plugin(odd: Odd) -> None:
    """The sandbox ends with its first process."""
    ended = odd("greet(); end()\nif os.fork() == 0: time.sleep(60)\n", wall=30)
    assert ended.code == 0
    assert ended.seconds < 10


def test_plain_program_gets_its_words(odd: Odd) -> None:
    """Any program is a plugin, without an SDK: its words go in, its exit code comes out."""
    ended = odd(
        "import os, sys\nprint(sys.argv[1:], os.environ.get('GOOBITS_RPC_FD'))\nsys.exit(5)\n",
        more='protocol = "plain"',
        raw=False,
    )
    assert (ended.code, ended.stdout, ended.stderr) == (5, "['odd'] None\n", "")


def test_plugin_sees_no_more_than_it_was_granted(odd: Odd) -> None:
    """The folder that it is run in is not its to look at."""
    ended = odd("greet(); print(os.getcwd(), os.listdir(), flush=True); end()\n")
    granted = odd(
        "greet(); print(os.listdir(), os.getcwd() == '/tmp', flush=True); end()\n",
        more='[permissions]\nread = ["."]',
    )
    assert ended.stdout == "/tmp []\n"
    assert granted.stdout == "[] False\n"
