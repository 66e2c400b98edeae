"""Requests whose target others could choose."""

from __future__ import annotations

from goobits_scanner._rules._rule import HIGH, LIKELY, LOW, VULNERABILITY, Rule

_OUT = r"~input & !/^https?:\/\/[^\0\/]+[\/?#]/"
_HOST = r"~param & /^(https?|wss?):\/\/\0/"
_VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "request")

RULES = (
    Rule(
        "request-to-chosen-host",
        "ssrf",
        VULNERABILITY,
        LOW,
        LIKELY,
        918,
        "A request goes to a host that somebody else names",
        "They can make this program reach machines that only it can reach.",
        "Choose the host from a list of your own; refuse addresses of internal networks.",
        {
            "python": (
                *(
                    f"{module}.{verb}({place}: {test})"
                    for module in (
                        "requests",
                        "httpx",
                        "requests.Session()",
                        "httpx.Client()",
                    )
                    for verb in _VERBS
                    for place in (("1/url",) if verb == "request" else ("0/url",))
                    for test in (_OUT, _HOST)
                ),
                f"urllib.request.urlopen(0/url: {_OUT})",
                f"urllib.request.urlopen(0/url: {_HOST})",
                f"urllib.request.Request(0/url: {_OUT})",
                f"urllib.request.urlretrieve(0/url: {_OUT})",
                f"urllib.urlopen(0: {_OUT})",
                f"urllib2.urlopen(0: {_OUT})",
                f"urllib3.PoolManager().request(1/url: {_OUT})",
                "http.client.HTTPConnection(0/host: ~input)",
                "http.client.HTTPSConnection(0/host: ~input)",
                *(
                    f"aiohttp.ClientSession().{verb}(0/url: {_OUT})"
                    for verb in _VERBS[:7]
                ),
                *(f"httpx.AsyncClient().{verb}(0/url: {_OUT})" for verb in _VERBS[:7]),
                f"pycurl.Curl().setopt(1: {_OUT})",
                f".goto(0: {_OUT})",
            ),
            "javascript": (
                *(f"axios.{verb}(0: {_OUT})" for verb in _VERBS[:7]),
                f"axios(0: {_OUT})",
                f"axios(0.url: {_OUT})",
                f"axios.request(0.url: {_OUT})",
                *(f"axios.{verb}(0: {_HOST})" for verb in _VERBS[:2]),
                f"fetch(0: {_OUT})",
                f"fetch(0: {_HOST})",
                f"node-fetch(0: {_OUT})",
                f"node-fetch.default(0: {_OUT})",
                f"undici.request(0: {_OUT})",
                f"undici.fetch(0: {_OUT})",
                f"cross-fetch(0: {_OUT})",
                f"got(0: {_OUT})",
                *(f"got.{verb}(0: {_OUT})" for verb in _VERBS[:6]),
                f"request(0: {_OUT})",
                f"request(0.url: {_OUT})",
                f"request(0.uri: {_OUT})",
                *(f"request.{verb}(0: {_OUT})" for verb in _VERBS[:6]),
                *(f"needle.{verb}(0: {_OUT})" for verb in _VERBS[:6]),
                f"needle(1: {_OUT})",
                *(f"superagent.{verb}(0: {_OUT})" for verb in _VERBS[:6]),
                f"bent(0: {_OUT})",
                f"urllib.request(0: {_OUT})",
                *(
                    f"{m}.{verb}(0: {_OUT})"
                    for m in ("http", "https")
                    for verb in ("get", "request")
                ),
                *(
                    f"{m}.{verb}(0.host: ~input)"
                    for m in ("http", "https")
                    for verb in ("get", "request")
                ),
                *(
                    f"{m}.{verb}(0.hostname: ~input)"
                    for m in ("http", "https")
                    for verb in ("get", "request")
                ),
                "net.connect(*: ~input)",
                "net.createConnection(*: ~input)",
                ".goto(0: ~input | ~param)",
                ".setContent(0: ~input)",
                "wkhtmltopdf(0: ~input | ~param)",
                "wkhtmltoimage.generate(0: ~input | ~param)",
                "axios.create().get(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "axios.create().post(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "axios.create().request(0.url: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "axios.request(0.baseURL: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "axios.create(0.baseURL: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "undici.stream(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "undici.Agent().request(0.origin: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "got.stream(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "got.extend().get(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "got(0.url: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "ky(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "ky.get(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "ky.post(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "superagent(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "superagent(1: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "needle.request(1: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "phin(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "phin(0.url: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "wretch(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "ofetch(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "ofetch.$fetch(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "$fetch(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "cross-fetch.fetch(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "isomorphic-fetch(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "make-fetch-happen(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "request-promise(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "request-promise(0.uri: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "request-promise-native(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "https.get(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "http2.connect(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "WebSocket(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "ws(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "Request(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "@nestjs.axios.HttpService().get(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "XMLHttpRequest().open(1: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                ".httpService.get(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                ".httpService.post(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                ".httpService.axiosRef.get(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "link-preview-js.getLinkPreview(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "open-graph-scraper(0.url: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "puppeteer.connect(0.browserWSEndpoint: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "http.request(0.port: ~input)",
                "dns.lookup(0: ~input)",
                "nodemailer.createTransport(0.host: ~input)",
                "this.http.get(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "this.http.post(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "this.http.put(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "this.httpService.get(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "this.httpService.post(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
                "this.httpService.put(0: ~input & !/^https?:\\/\\/[^\\0\\/]+[\\/?#]/)",
            ),
            "rust": (
                f"reqwest.get(0: {_OUT})",
                f"reqwest.blocking.get(0: {_OUT})",
                *(
                    f"{client}.{verb}(0: {_OUT})"
                    for client in (
                        "reqwest.Client.new()",
                        "reqwest.Client.builder().build()",
                        "reqwest.blocking.Client.new()",
                        "reqwest.blocking.Client.builder().build()",
                        "reqwest.Client()",
                        "awc.Client.default()",
                        "surf",
                        "ureq",
                        "ureq.agent()",
                        "isahc",
                        "attohttpc",
                    )
                    for verb in ("get", "post", "put", "delete")
                ),
                "std.net.TcpStream.connect(0: ~input)",
                "tokio.net.TcpStream.connect(0: ~input)",
            ),
        },
        bad={
            "python": (
                "import requests\nfrom flask import request\n"
                "def show():\n    return requests.get(request.args['url']).text\n",
                "import requests\ndef show(host):\n    requests.get(f'https://{host}/a')\n",
            ),
            "javascript": (
                "const axios = require('axios');\n"
                "app.get('/', (req, res) => { axios.get(req.query.url); });\n",
                "import ky from 'ky';\nexport const preview = (req, res) => ky.get(req.query.url);\n",
                "import { HttpService } from '@nestjs/axios';\nfunction go(req) { return this.http.get(req.body.feed); }\n",
            ),
            "rust": (
                "use actix_web::web;\n"
                "async fn show(q: web::Query<Wanted>) {\n"
                "    reqwest::get(&q.url).await;\n}\n",
            ),
        },
        good={
            "python": (
                "import requests\nfrom flask import request\n"
                "def show():\n"
                "    return requests.get('https://api.invalid/' + request.args['id']).text\n",
            ),
            "javascript": (
                "const axios = require('axios');\n"
                "app.get('/', (req, res) => {\n"
                "  axios.get('https://api.invalid/items', { params: req.query });\n});\n",
                "import ky from 'ky';\nexport const preview = (req, res) => ky.get(`https://api.example.invalid/items/${req.query.id}`);\n",
            ),
            "rust": (
                "use actix_web::web;\n"
                "async fn show(q: web::Query<Wanted>) {\n"
                '    reqwest::get("https://api.invalid/items").await;\n}\n',
            ),
        },
        tainted=HIGH,
    ),
)
