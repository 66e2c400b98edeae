"""Connections that anybody could answer or read."""

from __future__ import annotations

from goobits_scanner._rules._rule import LIKELY, LOW, SURE, VULNERABILITY, Rule

_WHY = "Whoever sits between can answer in the other's name, and read and change what is said."
_HTTP = "get post put patch delete head options".split()

RULES = (
    Rule(
        "tls-not-verified",
        "tls",
        VULNERABILITY,
        LOW,
        SURE,
        295,
        "A certificate is not verified",
        _WHY,
        "Verify it; name your own authority's certificate where there is one.",
        {
            "python": (
                *(f"requests.{name}(verify: false)" for name in (*_HTTP, "request")),
                *(
                    f"requests.Session().{name}(verify: false)"
                    for name in (*_HTTP, "request")
                ),
                *(
                    f"requests.session().{name}(verify: false)"
                    for name in (*_HTTP, "request")
                ),
                "requests.Session().verify = false",
                "requests.session().verify = false",
                *(
                    f"httpx.{name}(verify: false)"
                    for name in (*_HTTP, "request", "stream")
                ),
                "httpx.Client(verify: false)",
                "httpx.AsyncClient(verify: false)",
                "aiohttp.TCPConnector(ssl: false)",
                "aiohttp.TCPConnector(verify_ssl: false)",
                *(f"aiohttp.ClientSession().{name}(ssl: false)" for name in _HTTP),
                "ssl._create_unverified_context",
                "ssl._create_default_https_context = <ssl._create_unverified_context>",
                "ssl.wrap_socket(cert_reqs: absent | <ssl.CERT_NONE>)",
                ".verify_mode = <ssl.CERT_NONE>",
                ".check_hostname = false",
                "ssl.SSLContext().wrap_socket(server_hostname: none)",
                "urllib3.PoolManager(cert_reqs: <ssl.CERT_NONE> | 'CERT_NONE')",
                "urllib3.HTTPSConnectionPool(cert_reqs: <ssl.CERT_NONE> | 'CERT_NONE')",
                "urllib3.connection_from_url(cert_reqs: <ssl.CERT_NONE> | 'CERT_NONE')",
                "urllib3.proxy_from_url(cert_reqs: 'CERT_NONE')",
                "httplib2.Http(disable_ssl_certificate_validation: true)",
                "OpenSSL.SSL.Context().set_verify(0: <OpenSSL.SSL.VERIFY_NONE>)",
                "pycurl.Curl().setopt(0: <pycurl.SSL_VERIFYPEER> | <pycurl.SSL_VERIFYHOST>; 1: = 0 | false)",
                "paramiko.SSHClient().set_missing_host_key_policy(0: <paramiko.AutoAddPolicy> | <paramiko.WarningPolicy>)",
                "paramiko.SSHClient().set_missing_host_key_policy(0: <paramiko.AutoAddPolicy()> | <paramiko.WarningPolicy()>)",
                "paramiko.client.SSHClient().set_missing_host_key_policy(0: <paramiko.client.AutoAddPolicy> | <paramiko.client.WarningPolicy>)",
                ".set_missing_host_key_policy(0: <paramiko.AutoAddPolicy> | <paramiko.AutoAddPolicy()>)",
                ".set_missing_host_key_policy(0: <paramiko.client.AutoAddPolicy> | <paramiko.client.AutoAddPolicy()>)",
                "asyncssh.connect(known_hosts: none)",
                "boto3.client(verify: false)",
                "boto3.resource(verify: false)",
                "ldap.set_option(0: <ldap.OPT_X_TLS_REQUIRE_CERT>; 1: <ldap.OPT_X_TLS_NEVER>)",
                "pymongo.MongoClient(tlsAllowInvalidCertificates: true)",
                "pymongo.MongoClient(ssl_cert_reqs: <ssl.CERT_NONE>)",
                "psycopg2.connect(sslmode: 'disable' | 'allow')",
                "elasticsearch.Elasticsearch(verify_certs: false)",
                "redis.Redis(ssl_cert_reqs: none | 'none')",
            ),
            "javascript": (
                "https.request(*.rejectUnauthorized: false)",
                "https.get(*.rejectUnauthorized: false)",
                "https.Agent(*.rejectUnauthorized: false)",
                "https.createServer(*.rejectUnauthorized: false)",
                "tls.connect(*.rejectUnauthorized: false)",
                "tls.TLSSocket(*.rejectUnauthorized: false)",
                "axios(*.rejectUnauthorized: false)",
                "request(*.rejectUnauthorized: false)",
                "request(*.strictSSL: false)",
                "request.defaults(*.strictSSL: false)",
                "request.get(*.rejectUnauthorized: false)",
                "got(*.rejectUnauthorized: false)",
                "got(*.https.rejectUnauthorized: false)",
                "needle.get(*.rejectUnauthorized: false)",
                "pg.Client(*.ssl.rejectUnauthorized: false)",
                "pg.Pool(*.ssl.rejectUnauthorized: false)",
                "mysql.createConnection(*.ssl.rejectUnauthorized: false)",
                "mysql2.createConnection(*.ssl.rejectUnauthorized: false)",
                "nodemailer.createTransport(*.tls.rejectUnauthorized: false)",
                "ws(*.rejectUnauthorized: false)",
                "socket.io-client(*.rejectUnauthorized: false)",
                "mqtt.connect(*.rejectUnauthorized: false)",
                "undici.Agent(*.connect.rejectUnauthorized: false)",
                "mongoose.connect(*.tlsAllowInvalidCertificates: true)",
                "mongodb.MongoClient(*.tlsAllowInvalidCertificates: true)",
                "mongodb.MongoClient(*.sslValidate: false)",
                ".rejectUnauthorized = false",
                "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'",
                ".checkServerIdentity = present",
                ".allowInsecureCerts = true",
                "puppeteer.launch(*.ignoreHTTPSErrors: true)",
            ),
            "rust": (
                ".danger_accept_invalid_certs(0: true)",
                ".danger_accept_invalid_hostnames(0: true)",
                ".danger_disable_certs_verification",
                ".set_verify(0: <**.SslVerifyMode.NONE>)",
                ".set_verify(0: <SslVerifyMode.NONE>)",
                ".set_certificate_verifier()",
                ".dangerous()",
                ".ServerCertVerified.assertion()",
                ".tls_danger_accept_invalid_certs(0: true)",
                ".tls_danger_accept_invalid_hostnames(0: true)",
                ".dangerous_accept_invalid_certs(0: true)",
                ".dangerous_accept_invalid_hostnames(0: true)",
                ".disable_verification(0: true)",
                ".allow_invalid_certificates(0: true)",
                "rustls.client.DangerousClientConfig()",
                "rustls.client.DangerousClientConfig",
                ".verify_hostname(0: false)",
                ".set_verify_hostname(0: false)",
                ".with_custom_certificate_verifier()",
                ".ssl_verify_peer(0: false)",
                ".ssl_verify_host(0: false)",
                ".use_sni(0: false)",
                "isahc.config.SslOption.DANGER_ACCEPT_INVALID_CERTS",
            ),
        },
        bad={
            "python": (
                "import requests\nrequests.get('https://a.invalid', verify=False)\n",
                "import ssl\nctx = ssl._create_unverified_context()\n",
                "import ssl\nctx = ssl.create_default_context()\nctx.check_hostname = False\n",
                "import paramiko\nc = paramiko.SSHClient()\n"
                "c.set_missing_host_key_policy(paramiko.AutoAddPolicy())\n",
            ),
            "javascript": (
                "const https = require('https');\n"
                "const agent = new https.Agent({ rejectUnauthorized: false });\n",
                "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';\n",
            ),
            "rust": (
                "fn c() { reqwest::Client::builder().danger_accept_invalid_certs(true).build(); }\n",
            ),
        },
        good={
            "python": (
                "import requests\nrequests.get('https://a.invalid', verify='ca.pem')\n",
                "import ssl\nctx = ssl.create_default_context()\nctx.check_hostname = True\n",
                "import paramiko\nc = paramiko.SSHClient()\n"
                "c.set_missing_host_key_policy(paramiko.RejectPolicy())\n",
            ),
            "javascript": (
                "const https = require('https');\nconst agent = new https.Agent({ ca });\n",
                "const value = process.env.NODE_TLS_REJECT_UNAUTHORIZED;\n",
            ),
            "rust": (
                "fn c() { reqwest::Client::builder().https_only(true).build(); }\n",
            ),
        },
        tainted=LOW,
    ),
    Rule(
        "tls-old-version",
        "tls",
        VULNERABILITY,
        LOW,
        LIKELY,
        326,
        "A version of TLS is allowed that can be broken",
        "SSL 2 and 3, TLS 1.0 and 1.1 have known attacks.",
        "Leave the version to the library, or ask for TLS 1.2 at least.",
        {
            "python": (
                *(
                    f"ssl.{name}"
                    for name in (
                        "PROTOCOL_SSLv2 PROTOCOL_SSLv3 PROTOCOL_TLSv1 PROTOCOL_TLSv1_1"
                    ).split()
                ),
                *(
                    f"OpenSSL.SSL.{name}"
                    for name in "SSLv2_METHOD SSLv3_METHOD TLSv1_METHOD TLSv1_1_METHOD".split()
                ),
                ".minimum_version = <ssl.TLSVersion.TLSv1> | <ssl.TLSVersion.TLSv1_1> | <ssl.TLSVersion.SSLv3>",
                ".set_ciphers(0: /(?i)RC4|NULL|EXPORT|aNULL|DES-/ & !/!(?:RC4|aNULL|NULL|EXPORT)/)",
            ),
            "javascript": (
                "https.createServer(*.secureProtocol: /SSLv[23]|TLSv1_(?:1_)?method/)",
                "https.Agent(*.secureProtocol: /SSLv[23]|TLSv1_(?:1_)?method/)",
                "https.request(*.secureProtocol: /SSLv[23]|TLSv1_(?:1_)?method/)",
                "tls.connect(*.secureProtocol: /SSLv[23]|TLSv1_(?:1_)?method/)",
                "tls.createServer(*.minVersion: /^TLSv1(?:\\.1)?$/)",
                "https.createServer(*.minVersion: /^TLSv1(?:\\.1)?$/)",
                "tls.connect(*.minVersion: /^TLSv1(?:\\.1)?$/)",
                "tls.createSecureContext(*.minVersion: /^TLSv1(?:\\.1)?$/)",
                "tls.DEFAULT_MIN_VERSION = /^TLSv1(?:\\.1)?$/",
                "https.createServer(*.ciphers: /(?i)RC4|NULL|EXPORT/)",
            ),
            "rust": (
                ".min_tls_version(0: <**.Version.TLS_1_0> | <**.Version.TLS_1_1>)",
                ".set_min_proto_version(0: <**.SslVersion.SSL3> | <**.SslVersion.TLS1> | <**.SslVersion.TLS1_1>)",
                "native_tls.Protocol.Sslv3",
                "native_tls.Protocol.Tlsv10",
                "native_tls.Protocol.Tlsv11",
                "openssl.ssl.SslVersion.SSL3",
                "openssl.ssl.SslVersion.TLS1",
                "openssl.ssl.SslVersion.TLS1_1",
            ),
        },
        bad={
            "python": ("import ssl\nctx = ssl.SSLContext(ssl.PROTOCOL_TLSv1)\n",),
            "javascript": (
                "const tls = require('tls');\n"
                "tls.createServer({ minVersion: 'TLSv1' });\n",
            ),
            "rust": ("fn f() { let v = native_tls::Protocol::Tlsv10; }\n",),
        },
        good={
            "python": ("import ssl\nctx = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)\n",),
            "javascript": (
                "const tls = require('tls');\n"
                "tls.createServer({ minVersion: 'TLSv1.2' });\n",
            ),
            "rust": ("fn f() { let v = native_tls::Protocol::Tlsv12; }\n",),
        },
    ),
    Rule(
        "protocol-in-the-clear",
        "tls",
        VULNERABILITY,
        LOW,
        LIKELY,
        319,
        "Data, or a password, goes over the network in the clear",
        "Everybody on the way can read and change it.",
        "Use the protocol over TLS or SSH.",
        {
            "python": (
                "telnetlib.Telnet",
                "import telnetlib",
                "ftplib.FTP()",
                "ftplib.FTP(0/host: present)",
                "telnetlib3.open_connection()",
                "requests.get(0/url: /^http:\\/\\/(?!localhost|127\\.|\\[::1|0\\.0\\.0\\.0)[\\w]/)",
                "requests.post(0/url: /^http:\\/\\/(?!localhost|127\\.|\\[::1|0\\.0\\.0\\.0)[\\w]/)",
                "requests.put(0/url: /^http:\\/\\/(?!localhost|127\\.|\\[::1|0\\.0\\.0\\.0)[\\w]/)",
                "requests.delete(0/url: /^http:\\/\\/(?!localhost|127\\.|\\[::1|0\\.0\\.0\\.0)[\\w]/)",
                "requests.Session().get(0/url: /^http:\\/\\/(?!localhost|127\\.|\\[::1)[\\w]/)",
                "urllib.request.urlopen(0/url: /^http:\\/\\/(?!localhost|127\\.|\\[::1)[\\w]/)",
                "urllib.request.Request(0/url: /^http:\\/\\/(?!localhost|127\\.|\\[::1)[\\w]/)",
                "urllib.request.urlretrieve(0/url: /^(?:http|ftp):\\/\\/(?!localhost|127\\.)[\\w]/)",
            ),
            "javascript": (
                "telnet-client.Telnet()",
                "ftp()",
                "http.get(0: /^http:\\/\\/(?!localhost|127\\.)[\\w]/)",
                "http.request(0: /^http:\\/\\/(?!localhost|127\\.)[\\w]/)",
                "axios.get(0: /^http:\\/\\/(?!localhost|127\\.)[\\w]/)",
                "axios.post(0: /^http:\\/\\/(?!localhost|127\\.)[\\w]/)",
                "fetch(0: /^http:\\/\\/(?!localhost|127\\.)[\\w]/)",
                "request(0: /^http:\\/\\/(?!localhost|127\\.)[\\w]/)",
                "WebSocket(0: /^ws:\\/\\/(?!localhost|127\\.)[\\w]/)",
                "ws(0: /^ws:\\/\\/(?!localhost|127\\.)[\\w]/)",
            ),
            "rust": (
                "reqwest.get(0: /^http:\\/\\/(?!localhost|127\\.)[\\w]/)",
                "reqwest.blocking.get(0: /^http:\\/\\/(?!localhost|127\\.)[\\w]/)",
                "ureq.get(0: /^http:\\/\\/(?!localhost|127\\.)[\\w]/)",
                "suppaftp.FtpStream.connect()",
            ),
        },
        bad={
            "python": (
                "import telnetlib\nc = telnetlib.Telnet('a.invalid')\n",
                "import requests\nrequests.get('http://a.invalid/x')\n",
            ),
            "javascript": ("fetch('http://a.invalid/x');\n",),
            "rust": ('fn f() { reqwest::blocking::get("http://a.invalid"); }\n',),
        },
        good={
            "python": (
                "import requests\nrequests.get('https://a.invalid/x')\n",
                "import requests\nrequests.get('http://localhost:8000/x')\n",
            ),
            "javascript": ("fetch('https://a.invalid/x');\n",),
            "rust": ('fn f() { reqwest::blocking::get("https://a.invalid"); }\n',),
        },
        tainted=LOW,
    ),
)
