"""What may be true of a file as a whole: what rules ask for with `@with-TRAIT`."""

from __future__ import annotations

_ADDRESS = r"/^(?:https?:|wss?:)?\/\/[\w.-]+\.[a-z]/"

# trait -> language -> patterns; one that matches anywhere in the file is enough
TRAITS: dict[str, dict[str, tuple[str, ...]]] = {
    # It sends something to another machine.
    "sending": {
        "python": (
            *(
                f"{library}.{verb}()"
                for library in "requests httpx requests.Session() httpx.Client() httpx.AsyncClient() aiohttp.ClientSession()".split()
                for verb in "get post put patch request".split()
            ),
            "urllib.request.urlopen()",
            "urllib.request.urlretrieve()",
            "urllib.request.Request()",
            "urllib3.PoolManager().request()",
            "http.client.HTTPConnection()",
            "http.client.HTTPSConnection()",
            "socket.socket().connect()",
            "socket.socket().sendto()",
            "socket.create_connection()",
            "smtplib.SMTP()",
            "smtplib.SMTP_SSL()",
            "websocket.create_connection()",
            "websockets.connect()",
        ),
        "javascript": (
            "fetch()",
            "node-fetch()",
            "got()",
            "got.post()",
            "axios()",
            "axios.get()",
            "axios.post()",
            "axios.request()",
            "undici.request()",
            "undici.fetch()",
            "navigator.sendBeacon()",
            "XMLHttpRequest().send()",
            "Image().src = dynamic",
            "WebSocket().send()",
            "http.request()",
            "https.request()",
            "http.get()",
            "https.get()",
            "net.connect()",
            "net.createConnection()",
            "tls.connect()",
            "ws().send()",
            "ws.WebSocket().send()",
        ),
        "rust": (
            "reqwest.get()",
            "reqwest.blocking.get()",
            "reqwest.Client.new().post()",
            "reqwest.Client.new().get()",
            "reqwest.blocking.Client.new().post()",
            "reqwest.blocking.Client.new().get()",
            "ureq.post()",
            "ureq.get()",
            "std.net.TcpStream.connect()",
            "std.net.UdpSocket.bind()",
            "tokio.net.TcpStream.connect()",
        ),
    },
    # It sends to an address that stands in it.
    "fixed-host": {
        "python": tuple(
            f"{call}({which}: {_ADDRESS})"
            for call, which in (
                ("requests.*", "0/url"),
                ("requests.request", "1/url"),
                ("requests.Session().*", "0/url"),
                ("httpx.*", "0/url"),
                ("urllib.request.urlopen", "0/url"),
                ("urllib.request.Request", "0/url"),
            )
        ),
        "javascript": tuple(
            f"{call}({which}: {_ADDRESS})"
            for call, which in (
                ("fetch", "0"),
                ("navigator.sendBeacon", "0"),
                ("axios.*", "0"),
                ("axios", "0.url"),
                ("XMLHttpRequest().open", "1"),
                ("https.*", "0"),
                ("http.*", "0"),
                ("WebSocket", "0"),
                ("URL", "0"),
            )
        )
        + (f"Image().src = {_ADDRESS}",),
    },
    # It sends from a page in a way that nobody waits for.
    "beacon": {
        "javascript": (
            "navigator.sendBeacon()",
            "Image().src = dynamic",
            "WebSocket().send()",
        ),
    },
    # It names a shell.
    "shell": {
        "javascript": (
            r"string /^(?:\/bin\/(?:ba|z)?sh|cmd\.exe|powershell(?:\.exe)?|bash)$/",
        ),
    },
    # It opens a connection that stays.
    "connecting": {
        "javascript": (
            "net.connect()",
            "net.createConnection()",
            "net.Socket().connect()",
            "tls.connect()",
            "WebSocket()",
            "ws()",
        ),
    },
}
