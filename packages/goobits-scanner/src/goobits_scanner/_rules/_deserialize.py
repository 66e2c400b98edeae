"""Data that becomes objects with code of their own."""

from __future__ import annotations

from goobits_scanner._rules._rule import HIGH, LIKELY, LOW, SURE, VULNERABILITY, Rule

_WHY = "Whoever writes the data runs code of their own in the program that reads it."
_PICKLES = "pickle cPickle _pickle dill cloudpickle".split()

RULES = (
    Rule(
        "pickle-read",
        "deserialize",
        VULNERABILITY,
        LOW,
        LIKELY,
        502,
        "Pickled data is read",
        _WHY,
        "Exchange data as JSON, or sign it and check the signature first.",
        {
            "python": (
                *(
                    f"{module}.{name}(0: dynamic)"
                    for module in _PICKLES
                    for name in ("load", "loads")
                ),
                *(f"{module}.Unpickler" for module in _PICKLES),
                "marshal.load(0: dynamic)",
                "marshal.loads(0: dynamic)",
                "shelve.open(0/filename: dynamic)",
                "shelve.DbfilenameShelf(0: dynamic)",
                "shelve.open()",
                "joblib.load(0: dynamic)",
                "pandas.read_pickle(0: dynamic)",
                "numpy.load(allow_pickle: true)",
                "torch.load(weights_only: absent | false)",
                "jsonpickle.decode(0: dynamic)",
                "jsonpickle.unpickler.decode(0: dynamic)",
                "sklearn.externals.joblib.load(0: dynamic)",
                "multiprocessing.connection.Listener().accept().recv()",
                "multiprocessing.connection.Client().recv()",
                "django.contrib.sessions.serializers.PickleSerializer",
                "keras.models.load_model(safe_mode: false)",
                "tensorflow.keras.models.load_model(safe_mode: false)",
            ),
        },
        bad={
            "python": (
                "import pickle\ndef read(data):\n    return pickle.loads(data)\n",
                "import numpy as np\na = np.load('a.npy', allow_pickle=True)\n",
            ),
        },
        good={
            "python": (
                "import json\ndef read(data):\n    return json.loads(data)\n",
                "import pickle\ndef write(data):\n    return pickle.dumps(data)\n",
                "import numpy as np\na = np.load('a.npy')\n",
            ),
        },
        tainted=HIGH,
    ),
    Rule(
        "yaml-with-objects",
        "deserialize",
        VULNERABILITY,
        LOW,
        SURE,
        502,
        "YAML is read by a loader that makes any object",
        _WHY,
        "Use `safe_load`, or a loader that makes plain data only.",
        {
            "python": (
                "yaml.load(1/Loader: absent)",
                "yaml.load(1/Loader: <yaml.Loader> | <yaml.UnsafeLoader> | <yaml.FullLoader>)",
                "yaml.load(1/Loader: <yaml.CLoader> | <yaml.loader.UnsafeLoader>)",
                "yaml.load_all(1/Loader: absent | <yaml.Loader> | <yaml.UnsafeLoader>)",
                "yaml.unsafe_load()",
                "yaml.unsafe_load_all()",
                "yaml.full_load(0: ~input)",
                "ruamel.yaml.YAML(typ: 'unsafe')",
                "ruamel.yaml.load(1/Loader: absent | <ruamel.yaml.Loader> | <ruamel.yaml.UnsafeLoader>)",
                "ruamel.yaml.unsafe_load()",
            ),
            "javascript": (
                "js-yaml.load(1.schema: <js-yaml.DEFAULT_FULL_SCHEMA>)",
                "js-yaml-js-types.all",
                "js-yaml.unsafeLoad()",
                "js-yaml.loadAll(2.schema: <js-yaml.DEFAULT_FULL_SCHEMA>)",
                "js-yaml.load(1.schema: <js-yaml.DEFAULT_SCHEMA.extend()>; 0: ~input)",
            ),
        },
        bad={
            "python": (
                "import yaml\ndef read(t):\n    return yaml.load(t)\n",
                "import yaml\ndef read(t):\n    return yaml.load(t, Loader=yaml.Loader)\n",
            ),
            "javascript": (
                "const yaml = require('js-yaml');\n"
                "yaml.load(text, { schema: yaml.DEFAULT_FULL_SCHEMA });\n",
            ),
        },
        good={
            "python": (
                "import yaml\ndef read(t):\n    return yaml.safe_load(t)\n",
                "import yaml\ndef read(t):\n    return yaml.load(t, Loader=yaml.SafeLoader)\n",
            ),
            "javascript": ("const yaml = require('js-yaml');\nyaml.load(text);\n",),
        },
        tainted=HIGH,
    ),
    Rule(
        "object-from-text",
        "deserialize",
        VULNERABILITY,
        LOW,
        LIKELY,
        502,
        "Functions or objects are made of serialized text",
        _WHY,
        "Exchange data as JSON.",
        {
            "javascript": (
                "node-serialize.unserialize()",
                "serialize-to-js.deserialize()",
                "funcster.deepDeserialize()",
                "cryo.parse(0: ~input | ~param)",
                "v8.deserialize(0: ~input)",
                "flatted.parse(0: ~input)",
                "serialize-javascript(1.unsafe: true)",
                "php-serialize.unserialize(0: ~input)",
                "bson.deserialize(1.evalFunctions: true)",
                "BSON.deserialize(1.evalFunctions: true)",
                "grpc.load(0: ~input)",
            ),
            "rust": (
                "serde_pickle.from_reader(0: ~input | ~param | ~network)",
                "serde_pickle.from_slice(0: ~input | ~param | ~network)",
                "serde_yaml.from_str(0: ~input)",
                "bincode.deserialize(0: ~input)",
                "rmp_serde.from_slice(0: ~input)",
                "rkyv.access_unchecked(0: ~input | ~param | ~network)",
                "rkyv.archived_root(0: ~input | ~param | ~network)",
                "rkyv.from_bytes_unchecked(0: ~input | ~param | ~network)",
            ),
        },
        bad={
            "javascript": (
                "const serialize = require('node-serialize');\n"
                "app.post('/', (req, res) => { serialize.unserialize(req.body.data); });\n",
            ),
            "rust": (
                "fn read(d: &[u8]) { serde_pickle::from_slice(d, options()); }\n",
            ),
        },
        good={
            "javascript": (
                "const serialize = require('serialize-javascript');\n"
                "const text = serialize({ a: 1 });\n",
            ),
            "rust": ("fn read(d: &[u8]) { serde_json::from_slice(d); }\n",),
        },
        tainted=HIGH,
    ),
    Rule(
        "logging-config-received",
        "deserialize",
        VULNERABILITY,
        LOW,
        LIKELY,
        502,
        "A configuration that can name any function is taken from elsewhere",
        _WHY,
        "Read configurations from your own files only.",
        {
            "python": (
                "logging.config.listen(verify: absent)",
                "logging.config.dictConfig(0: ~input | ~network)",
                "logging.config.fileConfig(0: ~input)",
                "django.core.signing.loads(serializer: <**.PickleSerializer>)",
                "celery.Celery().conf.accept_content = /pickle/",
                "**.conf.accept_content = /pickle/",
                "celery.Celery().conf.update(accept_content: /pickle/)",
            ),
        },
        bad={"python": ("import logging.config\nlogging.config.listen(9999)\n",)},
        good={
            "python": (
                "import logging.config\nlogging.config.fileConfig('log.ini')\n",
            ),
        },
        tainted=HIGH,
    ),
)
