"""A hooks file that has every hook: it records the call and does as it is told."""

import json
import os
import signal
import struct
import sys
import time
from collections.abc import Callable
from typing import Any

BEHAVIOUR: dict[str, Any] = json.loads(os.environ.get("GOOBITS_BEHAVIOUR", "{}"))


def _canonical(value: object) -> object:
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return {"int": str(value)}
    if isinstance(value, float):
        return {"float": struct.pack(">d", value).hex()}
    if isinstance(value, list):
        return [_canonical(item) for item in value]
    return {"other": type(value).__name__}


def _record(
    function: str, positional: tuple[object, ...], keywords: dict[str, object]
) -> None:
    call: dict[str, object] = {
        "function": function,
        "args": {key: _canonical(value) for key, value in keywords.items()},
    }
    if positional:
        call["positional"] = len(positional)
    with open(os.environ["GOOBITS_RECORD"], "a", encoding="ascii") as file:
        file.write(json.dumps(call) + "\n")


def _interrupt() -> None:
    try:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(1)
    finally:
        if "cleanup" in BEHAVIOUR:
            print(BEHAVIOUR["cleanup"])


def _behave() -> object:
    if "print" in BEHAVIOUR:
        print(BEHAVIOUR["print"])
    for _ in range(BEHAVIOUR.get("print_many", 0)):
        print("one line of many")
    if "interrupt" in BEHAVIOUR:
        _interrupt()
    if "broken_pipe" in BEHAVIOUR:
        reader, writer = os.pipe()
        os.close(reader)
        os.write(writer, b"to nobody")
    if "exit" in BEHAVIOUR:
        sys.exit(BEHAVIOUR["exit"])
    if "raise" in BEHAVIOUR:
        raise ValueError(BEHAVIOUR["raise"])
    for result in ("return", "return_text", "return_true", "return_float"):
        if result in BEHAVIOUR:
            return BEHAVIOUR[result]
    return None


def __getattr__(name: str) -> Callable[..., object]:
    answers = BEHAVIOUR.get("answers")
    if not name.startswith("on_") or (answers is not None and name not in answers):
        raise AttributeError(name)

    def hook(*positional: object, **keywords: object) -> object:
        _record(name, positional, keywords)
        return _behave()

    async def async_hook(*positional: object, **keywords: object) -> object:
        _record(name, positional, keywords)
        return _behave()

    return async_hook if "async" in BEHAVIOUR else hook
