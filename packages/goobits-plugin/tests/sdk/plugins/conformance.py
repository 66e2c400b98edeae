"""The plugin in Python that the vectors are run against."""

import time

from goobits_plugin.sdk import (
    HostError,
    context,
    log,
    progress,
    run,
    system,
    ui,
)


def on_echo(value, **kwargs):
    return {"value": value}


async def on_later(value, **kwargs):
    return {"value": value}


def on_reserved(class_, **kwargs):
    return {"value": class_}


def on_long_name(long_name, **kwargs):
    return {"value": long_name}


def on_git_branch_create(name, **kwargs):
    return {"value": name}


def on_nothing(**kwargs):
    pass


def on_exit(code, **kwargs):
    return code


def on_fail(message, **kwargs):
    raise ValueError(message)


def on_print(text, **kwargs):
    print(text)


def on_context(**kwargs):
    told = context()
    return {
        "plugin": told.plugin,
        "granted": told.granted,
        "command": told.command,
        "cwd": told.cwd,
        "tty": told.tty["stdout"],
        "colour": told.colour,
        "verbosity": told.verbosity,
    }


def on_count(total, **kwargs):
    with progress("Counting", total) as bar:
        bar.update(total)


def on_say(level, message, **kwargs):
    getattr(log, level)(message)


def on_frame(lines, **kwargs):
    ui.frame(lines)


def on_prompt(message, default, **kwargs):
    return {"value": ui.prompt(message, default)}


def on_confirm(message, default, **kwargs):
    return {"value": ui.confirm(message, default)}


def on_secret(message, **kwargs):
    return {"value": ui.secret(message)}


def on_twice(**kwargs):
    return {"value": [ui.prompt("First"), ui.prompt("Second")]}


def on_attempt(**kwargs):
    try:
        return {"value": ui.prompt("Who")}
    except HostError as error:
        return {"code": error.code, "message": str(error)}


def on_processes(**kwargs):
    return {"value": system.processes()}


def on_metrics(**kwargs):
    return {"value": system.metrics()}


def on_shout(size, **kwargs):
    try:
        log.info("x" * size)
    except ValueError as error:
        return {"message": str(error)}
    return None


def on_flood(size, **kwargs):
    return {"value": "x" * size}


def on_wait(**kwargs):
    log.info("waiting")
    time.sleep(60)


run()
