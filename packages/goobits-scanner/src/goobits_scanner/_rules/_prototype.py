"""Objects whose prototype, or class, others could change."""

from __future__ import annotations

from goobits_scanner._rules._rule import (
    LIKELY,
    LOW,
    MEDIUM,
    UNSURE,
    VULNERABILITY,
    Rule,
)

_WHY = "`__proto__` among the keys changes every object of the program."
_FIX = "Refuse the keys `__proto__`, `constructor` and `prototype`, or use a Map."

RULES = (
    Rule(
        "prototype-from-keys",
        "prototype",
        VULNERABILITY,
        LOW,
        UNSURE,
        1321,
        "An object is written at nested keys that the caller chooses",
        _WHY,
        _FIX,
        {
            "javascript": (
                "assign [][](1: ~param | ~input | ~key; 2: ~param | ~input | ~key)",
                "assign [][](1: ~input)",
            ),
        },
        bad={
            "javascript": ("function put(o, a, b, v) { o[a][b] = v; }\n",),
        },
        good={
            "javascript": (
                "function put(o, v) { o['a']['b'] = v; }\n",
                "function put(o, v) { o.list[0] = v; }\n",
            ),
        },
        tainted=MEDIUM,
    ),
    Rule(
        "prototype-from-request",
        "prototype",
        VULNERABILITY,
        LOW,
        LIKELY,
        1321,
        "An object from outside is merged into another one, depth and all",
        _WHY,
        "Take the fields that you expect, one by one, or check the object against a schema.",
        {
            "javascript": (
                "lodash.merge(*: ~input)",
                "lodash.mergeWith(*: ~input)",
                "lodash.defaultsDeep(*: ~input)",
                "lodash.set(1: ~input)",
                "lodash.setWith(1: ~input)",
                "lodash.merge(*: <JSON.parse()>)",
                "lodash.defaultsDeep(*: <JSON.parse()>)",
                "lodash.merge(0: dynamic; 1: ~param)",
                "merge(*: ~input)",
                "deepmerge(*: ~input)",
                "deep-extend(*: ~input)",
                "extend(0: true; *: ~input)",
                "jquery.extend(0: true; *: ~input)",
                "$.extend(0: true; *: ~input)",
                "Object.setPrototypeOf(1: ~input)",
                "hoek.merge(*: ~input)",
                "@hapi/hoek.merge(*: ~input)",
                "dot-prop.set(1: ~input)",
                "object-path.set(1: ~input)",
                "set-value(1: ~input)",
                "lodash.zipObjectDeep(*: ~input)",
                "lodash.update(1: ~input)",
                "just-extend(0: true; *: ~input)",
                "merge-deep(*: ~input)",
                "deepmerge.all(*: ~input)",
                "ts-deepmerge.merge(*: ~input)",
                "defaults-deep(*: ~input)",
                "mixin-deep(*: ~input)",
                "dset(1: ~input)",
                "dset.dset(1: ~input)",
                "dot-object.str(0: ~input)",
                "jsonpointer.set(1: ~input)",
                "lodash.merge.default(*: ~input)",
                "flat.unflatten(0: ~input)",
                "immer.produce(*: ~input)",
            ),
            "python": (
                "setattr(1: ~input)",
                "getattr(1: ~input)",
                "pydash.set_(1: ~input)",
                "pydash.objects.set_(1: ~input)",
                "*.__dict__.update(0: ~input)",
                "**.__dict__.update(0: ~input)",
            ),
        },
        bad={
            "javascript": (
                "const _ = require('lodash');\n"
                "app.post('/', (req, res) => { _.merge(settings, req.body); });\n",
            ),
            "python": (
                "from flask import request\n"
                "def save(user):\n"
                "    for key in request.json:\n"
                "        setattr(user, key, request.json[key])\n",
            ),
        },
        good={
            "javascript": (
                "const _ = require('lodash');\n"
                "const settings = _.merge({}, { a: 1 });\n",
            ),
            "python": (
                "from flask import request\n"
                "def save(user):\n    user.name = request.json['name']\n",
            ),
        },
        tainted=MEDIUM,
    ),
)
