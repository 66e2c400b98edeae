"""Well-known names of packages, and honest names that are near them."""

from __future__ import annotations

# The names of the most used packages of each registry, as the registry compares them.
FAMOUS = {
    "pypi": """\
aiobotocore aiofiles aiohappyeyeballs aiohttp aioitertools aiosignal aiosqlite alembic altair
annotated-doc annotated-types ansible anthropic anyio argcomplete argon2-cffi
argon2-cffi-bindings arrow asgiref asn1crypto asttokens async-lru async-timeout asyncpg attrs
authlib awscli awswrangler azure-common azure-core azure-identity azure-keyvault-secrets
azure-storage-blob babel backoff backports-tarfile backports-zstd bcrypt beartype beautifulsoup4
bitcoinlib black bleach blinker bokeh boto boto3 botocore brotli build cachecontrol cachetools
cattrs cbor2 ccxt celery certifi cffi cfgv cfn-lint chardet charset-normalizer cleo click
click-plugins cloudpickle coincurve colorama colorlog comm confluent-kafka contourpy
cookiecutter coverage crashtest croniter cryptography cycler cyclopts cython dacite dash
databricks-sdk databricks-sql-connector dataclasses-json datadog datasets dbt-adapters
dbt-common dbt-core debugpy decorator deepdiff defusedxml deprecated deprecation dill discord-py
distlib distro django django-cors-headers djangorestframework dnspython docker docstring-parser
docutils dulwich durationpy editables elasticsearch email-validator et-xmlfile eth-account
exceptiongroup execnet executing fabric faker fastapi fastjsonschema fastmcp fastuuid filelock
flask flask-login flask-sqlalchemy flatbuffers fonttools frozenlist fsspec future gcsfs gensim
gitdb gitpython google-ads google-analytics-admin google-api-core google-api-python-client
google-auth google-auth-httplib2 google-auth-oauthlib google-cloud-aiplatform
google-cloud-automl google-cloud-batch google-cloud-bigquery google-cloud-bigquery-datatransfer
google-cloud-bigtable google-cloud-compute google-cloud-core google-cloud-dataflow-client
google-cloud-dataform google-cloud-dataproc-metastore google-cloud-dlp google-cloud-kms
google-cloud-language google-cloud-logging google-cloud-memcache google-cloud-monitoring
google-cloud-orchestration-airflow google-cloud-os-login google-cloud-pubsub google-cloud-redis
google-cloud-resource-manager google-cloud-run google-cloud-secret-manager google-cloud-speech
google-cloud-storage google-cloud-tasks google-cloud-texttospeech google-cloud-videointelligence
google-cloud-vision google-cloud-workflows google-crc32c google-genai google-resumable-media
googleapis-common-protos gradio graphql-core greenlet griffelib grpc-google-iam-v1 grpcio
grpcio-health-checking grpcio-status grpcio-tools gunicorn h11 h2 hatchling hf-xet hpack
httpcore httplib2 httptools httpx httpx-sse huggingface-hub humanize hyperframe identify idna
importlib-metadata importlib-resources iniconfig installer invoke ipykernel ipython
ipython-pygments-lexers isodate isort itsdangerous jaraco-classes jaraco-context
jaraco-functools jedi jeepney jellyfish jinja2 jiter jmespath joblib joserfc json5 jsonpatch
jsonpath-ng jsonpointer jsonref jsonschema jsonschema-path jsonschema-specifications jupyter
jupyter-client jupyter-core jupyter-server jupyterlab-pygments keras keyring kivy kiwisolver
kombu kubernetes langchain langchain-core langchain-openai langgraph langsmith lark libcst librt
lightgbm linkify-it-py litellm llama-cloud-services llama-parse llvmlite loguru lxml lz4 mako
markdown markdown-it-py markupsafe marshmallow matplotlib matplotlib-inline mccabe mcp
mdit-py-plugins mdurl mistune mmh3 mock more-itertools mpmath msal msal-extensions msgpack
msrest multidict multiprocess mypy mypy-extensions mysql-connector-python mysqlclient narwhals
nbclient nbconvert nbformat nest-asyncio networkx nltk nodeenv nose notebook numba numpy
oauthlib onnxruntime openai opencv-python openpyxl opensearch-py opentelemetry-api
opentelemetry-exporter-otlp opentelemetry-exporter-otlp-proto-common
opentelemetry-exporter-otlp-proto-grpc opentelemetry-exporter-otlp-proto-http
opentelemetry-exporter-prometheus opentelemetry-instrumentation
opentelemetry-instrumentation-asgi opentelemetry-instrumentation-fastapi
opentelemetry-instrumentation-requests opentelemetry-instrumentation-threading
opentelemetry-proto opentelemetry-sdk opentelemetry-semantic-conventions opentelemetry-util-http
orderly-set orjson packaging pandas pandas-stubs pandocfilters paramiko parso pathable pathspec
pbs-installer pendulum pexpect pillow pip pipenv pkginfo platformdirs playwright plotly pluggy
poetry poetry-core poetry-plugin-export polars portalocker pre-commit prettytable
prometheus-client prompt-toolkit propcache proto-plus protobuf psutil psycopg psycopg-binary
psycopg2 psycopg2-binary ptyprocess pure-eval py py-cpuinfo py-key-value-aio py4j pyarrow pyasn1
pyasn1-modules pyautogui pycodestyle pycparser pycrypto pycryptodome pycryptodomex pydantic
pydantic-ai-slim pydantic-core pydantic-graph pydantic-settings pyee pyflakes pygame pygithub
pygments pyinstaller pyjwt pymongo pymupdf pymysql pynacl pynput pyopenssl pyparsing pypdf
pyperclip pyproject-hooks pyqt5 pyrogram pyside6 pysocks pytesseract pytest pytest-asyncio
pytest-cov pytest-json-ctrf pytest-mock pytest-timeout pytest-xdist python-dateutil
python-discovery python-docx python-dotenv python-json-logger python-multipart python-nmap
python-slugify python-telegram-bot pytokens pytz pywin32 pyyaml pyzmq rapidfuzz ray redis
referencing regex requests requests-file requests-html requests-oauthlib requests-toolbelt
responses rfc3339-validator rich rich-rst rich-toolkit rpds-py rsa ruamel-yaml ruamel-yaml-clib
ruff s3fs s3transfer safetensors scikit-image scikit-learn scipy scramp scrapy seaborn
secretstorage selenium selenium-wire semver sentry-sdk setproctitle setuptools setuptools-scm
sglang shapely shellingham simplejson six slack-sdk smart-open smmap sniffio
snowflake-connector-python snowflake-snowpark-python snowflake-sqlalchemy sortedcontainers
soupsieve spacy sphinx sqlalchemy sqlalchemy-bigquery sqlglot sqlparse sse-starlette stack-data
starlette streamlit structlog sympy tabulate telethon tenacity tensorflow termcolor
text-unidecode textual threadpoolctl tiktoken tinycss2 tokenizers toml tomli tomli-w tomlkit
toolz torch torchvision tornado tox tqdm traitlets transformers tree-sitter
tree-sitter-languages triton trove-classifiers tweepy twine typedload typeguard typer
types-certifi types-protobuf types-pyyaml types-requests types-toml typing-extensions
typing-inspect typing-inspection tzdata tzlocal uc-micro-py ujson uncalled-for uritemplate
urllib3 uuid-utils uv uvicorn uvloop vcs-versioning virtualenv watchdog watchfiles wcwidth
weaviate-client web3 webencodings websocket-client websockets werkzeug wheel wrapt wsproto
wxpython xgboost xlrd xlsxwriter xmltodict xxhash yarl ydb zipp zope-interface zstandard
""",
    "npm": """\
@angular/cli @angular/common @angular/core @aws-sdk/client-s3 @aws-sdk/core
@aws-sdk/credential-provider-env @aws-sdk/credential-provider-ini
@aws-sdk/credential-provider-node @aws-sdk/credential-provider-process
@aws-sdk/credential-provider-sso @aws-sdk/credential-provider-web-identity
@aws-sdk/middleware-host-header @aws-sdk/middleware-logger
@aws-sdk/middleware-recursion-detection @aws-sdk/middleware-user-agent @aws-sdk/token-providers
@aws-sdk/types @aws-sdk/util-endpoints @aws-sdk/util-user-agent-browser
@aws-sdk/util-user-agent-node @babel/cli @babel/code-frame @babel/compat-data @babel/core
@babel/generator @babel/helper-annotate-as-pure @babel/helper-compilation-targets
@babel/helper-globals @babel/helper-module-imports @babel/helper-module-transforms
@babel/helper-plugin-utils @babel/helper-string-parser @babel/helper-validator-identifier
@babel/helper-validator-option @babel/helpers @babel/parser @babel/plugin-syntax-jsx
@babel/plugin-syntax-typescript @babel/preset-env @babel/preset-react @babel/runtime
@babel/template @babel/traverse @babel/types @emotion/react @eslint-community/eslint-utils
@eslint-community/regexpp @eslint/core @eslint/eslintrc @eslint/js
@humanwhocodes/module-importer @humanwhocodes/retry @isaacs/cliui @jest/schemas @jest/types
@jridgewell/gen-mapping @jridgewell/remapping @jridgewell/resolve-uri
@jridgewell/sourcemap-codec @jridgewell/trace-mapping @mui/material @nestjs/common @nestjs/core
@nodelib/fs.scandir @nodelib/fs.stat @nodelib/fs.walk @opentelemetry/api-logs
@opentelemetry/core @opentelemetry/resources @opentelemetry/semantic-conventions
@pkgjs/parseargs @radix-ui/react-primitive @radix-ui/react-slot @reduxjs/toolkit
@sinclair/typebox @sinonjs/fake-timers @smithy/is-array-buffer @smithy/protocol-http
@smithy/types @smithy/util-buffer-from @smithy/util-utf8 @storybook/react @testing-library/react
@types/babel__core @types/babel__generator @types/babel__template @types/babel__traverse
@types/estree @types/express @types/jest @types/json-schema @types/lodash @types/node
@types/react @types/react-dom @types/yargs @typescript-eslint/eslint-plugin
@typescript-eslint/parser @typescript-eslint/project-service @typescript-eslint/scope-manager
@typescript-eslint/tsconfig-utils @typescript-eslint/type-utils @typescript-eslint/types
@typescript-eslint/typescript-estree @typescript-eslint/utils @typescript-eslint/visitor-keys
@vue/compiler-sfc accepts acorn acorn-jsx acorn-walk adm-zip agent-base ajv ajv-formats
ajv-keywords ansi-escapes ansi-regex ansi-styles anymatch archiver arg argparse aria-query async
asynckit available-typed-arrays axios babel-cli babel-core babel-loader balanced-match base64-js
baseline-browser-mapping bcrypt bcryptjs binary-extensions bl bluebird body-parser bootstrap
bower brace-expansion braces browserslist buffer buffer-from bunyan bytes call-bind
call-bind-apply-helpers call-bound callsites camelcase caniuse-lite canvas chai chalk chart.js
cheerio chokidar chownr ci-info cjs-module-lexer cli-cursor cli-table3 cliui clone coa
coffee-script color-convert color-name colorette colors combined-stream commander concat-map
concurrently content-disposition content-type convert-source-map cookie cookie-signature
core-util-is cors cosmiconfig cross-env cross-spawn crypto-js css-loader css-tree csstype d3
debug deep-is deepmerge define-data-property define-properties define-property delayed-stream
depd detect-libc diff discord.js doctrine dom-accessibility-api dom-serializer domelementtype
domhandler domutils dotenv dunder-proto eastasianwidth ee-first ejs electron
electron-to-chromium emoji-regex encodeurl end-of-stream enhanced-resolve entities error-ex
es-abstract es-define-property es-errors es-module-lexer es-object-atoms es-set-tostringtag
es-to-primitive esbuild escalade escape-html escape-string-regexp eslint eslint-config-prettier
eslint-plugin-import eslint-plugin-prettier eslint-plugin-react eslint-scope eslint-visitor-keys
espree esprima esquery esrecurse estraverse estree-walker esutils etag ethers event-stream
eventemitter3 events execa express extend-shallow faker fast-deep-equal fast-glob
fast-json-stable-stringify fast-levenshtein fast-uri fast-xml-parser fastify fastq fdir ffmpeg
figures file-entry-cache file-loader fill-range finalhandler find-up flat-cache flatted
follow-redirects for-each foreground-child form-data forwarded fresh fs-extra fs.realpath
function-bind function.prototype.name gensync get-caller-file get-intrinsic get-proto get-stream
get-symbol-description glob glob-parent globals globby gopd got graceful-fs grunt gulp
handlebars hapi has-bigints has-flag has-property-descriptors has-proto has-symbols
has-tostringtag hasown helmet hosted-git-info html-webpack-plugin htmlparser2 http-errors
http-proxy-agent https-proxy-agent human-signals iconv-lite ieee754 ignore immutable
import-fresh imurmurhash indent-string inflight inherits ini inquirer internal-slot ioredis
ipaddr.js is-array-buffer is-arrayish is-bigint is-binary-path is-boolean-object is-callable
is-core-module is-date-object is-docker is-extglob is-fullwidth-code-point is-generator-function
is-glob is-number is-number-object is-plain-obj is-plain-object is-regex is-shared-array-buffer
is-stream is-string is-symbol is-typed-array is-unicode-supported is-weakref is-wsl isarray
isexe istanbul-lib-coverage istanbul-lib-instrument jackspeak jest jest-diff jest-matcher-utils
jest-message-util jest-mock jest-regex-util jest-util jest-worker jimp jiti jquery js-tokens
js-yaml jsesc json-buffer json-parse-even-better-errors json-schema-traverse
json-stable-stringify-without-jsonify json5 jsonfile jsonwebtoken jszip keyv kind-of knex koa ky
leaflet less levn lines-and-columns listr2 loader-utils locate-path lodash lodash-es
lodash.merge log-symbols loose-envify lru-cache magic-string make-dir math-intrinsics mdn-data
media-typer merge-descriptors merge-stream merge2 micromatch mime mime-db mime-types mimic-fn
mini-css-extract-plugin minimatch minimist minipass minizlib mkdirp mobx mocha moment mongodb
mongoose morgan ms multer mustache mute-stream mysql mysql2 nanoid natural-compare needle
negotiator next node-fetch node-ipc node-releases node-sass nodemailer nodemon
normalize-package-data normalize-path npm-run-path nuxt nyc object-assign object-inspect
object-keys object.assign on-finished once onetime open opencv.js optionator ora p-limit
p-locate p-map p-try package-json-from-dist pako parent-module parse-json parse5 parseurl
passport path-exists path-is-absolute path-key path-parse path-scurry path-to-regexp path-type
pathe pg picocolors picomatch pify pino pirates pkg-dir playwright pm2
possible-typed-array-names postcss postcss-selector-parser postcss-value-parser prelude-ls
prettier pretty-format prisma process-nextick-args prompts proxy-addr proxy-from-env pump
punycode puppeteer qs queue-microtask range-parser raw-body rc react react-dom react-is
react-redux react-router react-router-dom readable-stream readdirp redis redux
regenerator-runtime regexp.prototype.flags request require-directory require-from-string resolve
resolve-from restify restore-cursor retry reusify rimraf rollup run-parallel rxjs safe-buffer
safe-regex-test safer-buffer sass sax scheduler schema-utils selenium-webdriver semver send
sequelize serve-static set-function-length setprototypeof sharp shebang-command shebang-regex
shelljs side-channel side-channel-list side-channel-map side-channel-weakmap signal-exit sinon
slash slice-ansi socket.io socket.io-client solana source-map source-map-js source-map-support
sprintf-js statuses string-width string.prototype.trimend string.prototype.trimstart
string_decoder strip-ansi strip-bom strip-final-newline strip-indent strip-json-comments
style-loader styled-components stylus superagent supports-color supports-preserve-symlinks-flag
svelte tailwindcss tapable tar tar-stream three tinyglobby tmp to-regex-range toidentifier
tough-cookie tr46 ts-api-utils ts-loader ts-node tsconfig-paths tslib tsx type-check type-fest
type-is typed-array-buffer typeorm typescript ua-parser-js unbox-primitive underscore
undici-types universalify unpipe update-browserslist-db uri-js util-deprecate uuid validator
vary vite vue web3 webidl-conversions webpack webpack-cli webpack-dev-server whatwg-mimetype
whatwg-url which which-boxed-primitive which-typed-array winston word-wrap wrap-ansi wrappy
write-file-atomic ws xml2js y18n yallist yaml yargs yargs-parser yocto-queue zod
""",
    "crates": """\
ab-glyph actix-rt actix-web addr2line adler adler2 aes aes-gcm ahash aho-corasick alloy
ansi-term anstream anstyle anyhow approx arc-swap arrayvec askama assert-cmd async-channel
async-lock async-std async-stream async-trait atty autocfg axum axum-core backtrace base64
bincode bindgen bitcoin bitflags bitvec block-buffer brotli bytemuck byteorder bytes bzip2
cached cc cfg-if chacha20 chacha20poly1305 chrono ciborium cipher clap clap-builder clap-derive
clap-lex cmake color-eyre colored concurrent-queue console console-error-panic-hook const-oid
cpufeatures crc32fast criterion crossbeam crossbeam-channel crossbeam-deque crossbeam-epoch
crossbeam-queue crossbeam-utils crossterm crypto-common csv csv-core ctor ctr ctrlc
curve25519-dalek darling darling-core dashmap der derive-more diesel digest directories dirs
dirs-sys ecdsa ed25519 ed25519-dalek either elliptic-curve encoding-rs env-logger errno ethers
event-listener eyre fastrand filetime flate2 fnv form-urlencoded futures futures-channel
futures-core futures-executor futures-io futures-macro futures-sink futures-task futures-util
generic-array getrandom ghash gif gimli glob globset h2 half handlebars hashbrown heck hex hmac
home http http-body http-body-util httparse httpdate humansize humantime hyper hyper-rustls
hyper-tls hyper-util iana-time-zone idna ignore image indexmap indicatif insta inventory ipnet
is-terminal itertools itoa jiff jobserver jpeg-decoder js-sys k256 lalrpop lapin lazy-static
libc libloading libsqlite3-sys linkme linux-raw-sys lock-api log logos lru lz4 lz4-flex matchers
matches md-5 memchr memmap2 memoffset miette mime minijinja miniz-oxide mio mockall moka mongodb
nalgebra napi native-tls ndarray neon nix nom num-bigint num-complex num-cpus num-integer
num-rational num-traits object once-cell openssl openssl-macros openssl-probe openssl-sys
ordered-float owo-colors p256 parking parking-lot parking-lot-core paste pbkdf2 percent-encoding
pest pest-derive petgraph phf phf-macros phf-shared pin-project pin-project-lite pin-utils pkcs8
pkg-config png poly1305 pretty-assertions proc-macro2 proptest prost prost-build prost-derive
pyo3 quick-xml quickcheck quote rand rand-chacha rand-core ratatui rayon rayon-core redis regex
regex-automata regex-syntax reqwest ring rmp rmp-serde rocket roxmltree rsa rstest rusqlite
rust-decimal rustc-demangle rustc-hash rustc-version rustix rustls rustls-native-certs
rustls-pemfile rustls-pki-types rustls-webpki ryu same-file scopeguard secp256k1 semver serde
serde-bytes serde-derive serde-json serde-repr serde-spanned serde-urlencoded serde-with
serde-yaml serial-test sha1 sha2 sha3 sharded-slab shlex signal-hook signature siphasher slab
smallvec smol snafu snap socket2 solana-sdk spin spki sqlx sqlx-core static-assertions
string-cache strsim strum strum-macros subtle syn tar tempdir tempfile tera termcolor textwrap
thiserror thiserror-impl thread-local time time-core time-macros tinyvec tinyvec-macros tokio
tokio-macros tokio-native-tls tokio-rustls tokio-stream tokio-tungstenite tokio-util toml
toml-datetime toml-edit tonic tower tower-http tower-layer tower-service tracing
tracing-attributes tracing-core tracing-log tracing-subscriber try-lock tungstenite twox-hash
typenum unicode-bidi unicode-ident unicode-normalization unicode-segmentation unicode-width
unicode-xid untrusted url uuid vcpkg version-check void waker-fn walkdir want warp wasm-bindgen
wasm-bindgen-futures wasm-bindgen-macro web-sys webpki webpki-roots which winapi winapi-util
windows windows-core windows-sys windows-targets winnow x25519-dalek xml-rs xz2 zerocopy zeroize
zip zstd zstd-safe zstd-sys
""",
}

# Names in wide and honest use that are one slip from a well-known one.
HONEST = {
    "pypi": """\
acachecontrol aiofile aiohttp-security aresponses bpython cchardet cronitor ctransformers
cwcwidth dataset datazets dbt-score django-rest-framework djongo dydantic fastai flask-security
futures google-adk google-oauth googleads grequests gsutil identity install-playwright ipytest
isolate jsonpath mocker ncclient ngboost openapi opentelemetry-instrumentation-wsgi panda
psycopgbinary pyaml pygam pymantic pymssql pymupdfb pytest-csv pytest-timeouts retworkx
ruamel-yaml-clibz scapy scrypt spython sqlglotc unicorn uri-template websocket willow wsgiref
""",
    "npm": """\
@aws-cdk/core ansi-wrap ansistyles binaryextensions brace buffer-json buffers callsite
camel-case coffeescript color colord cookies crypt dom-serialize enquirer findup flatten foreach
global has-own ip-regex is-blob is-regexp is-typedarray isstream js-base64 just-diff mquery
murmurhash one-time parse-path parse-url parsejson parseuri postcss-values-parser prompt
set-proto stylis synckit tslint tslint-config-prettier tsutils urijs wordwrap yaml-js
""",
    "crates": """\
md5 serde-yml time-core
""",
}

# Scopes of npm whose packages are often named.
SCOPES = (
    "angular",
    "angular-devkit",
    "apollo",
    "aws-sdk",
    "azure",
    "babel",
    "capacitor",
    "chakra-ui",
    "emotion",
    "esbuild",
    "eslint",
    "expo",
    "fortawesome",
    "google-cloud",
    "graphql-tools",
    "ionic",
    "jest",
    "mui",
    "nestjs",
    "next",
    "nuxt",
    "octokit",
    "opentelemetry",
    "prisma",
    "radix-ui",
    "react-native",
    "react-navigation",
    "reduxjs",
    "rollup",
    "sentry",
    "smithy",
    "storybook",
    "svelte-ui",
    "swc",
    "tanstack",
    "testing-library",
    "tensorflow",
    "types",
    "typescript-eslint",
    "vitejs",
    "vitest",
    "vue",
    "vueuse",
    "webassemblyjs",
)
