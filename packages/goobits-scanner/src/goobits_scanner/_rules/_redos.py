"""Regular expressions that a text can keep busy."""

from __future__ import annotations

from goobits_scanner._rules._rule import INFO, LIKELY, LOW, MEDIUM, VULNERABILITY, Rule

# One repeated atom in a repeated group; or alternatives of a repeated group that are alike.
_NESTED = (
    r"/\((?:\?:)?(?:\[[^\]]+\]|\\[wdsWDS]|\.|\w)[+*](?:\[[^\]]+\]|\\?\w|\\s| )?[?*]?\)[+*]/"
    r" | /\((?:\?:)?(\\?[\w.])\|\1[+*]?\)[+*]/ | /\((?:\?:)?\\w\|\\d\)[+*]/"
)
_FUNCTIONS = "compile match search fullmatch findall finditer sub split".split()

RULES = (
    Rule(
        "regex-nested-repeat",
        "redos",
        VULNERABILITY,
        LOW,
        LIKELY,
        1333,
        "A regular expression repeats what it already repeats",
        "A text of some dozen characters that almost matches takes minutes.",
        "Leave one of the two repetitions out, or use an engine that takes linear time.",
        {
            "python": (
                *(f"re.{name}(0/pattern: {_NESTED})" for name in _FUNCTIONS),
                *(f"regex.{name}(0/pattern: {_NESTED})" for name in _FUNCTIONS),
            ),
            "javascript": (
                f"node regex(0: {_NESTED})",
                f"RegExp(0: {_NESTED})",
            ),
            "rust": (
                f"fancy_regex.Regex.new(0: {_NESTED})",
                f"pcre2.bytes.Regex.new(0: {_NESTED})",
                f"onig.Regex.new(0: {_NESTED})",
            ),
        },
        bad={
            "python": ("import re\npattern = re.compile(r'^(a+)+$')\n",),
            "javascript": (
                "function check(text) { return /^([a-z]+)*$/.test(text); }\n",
                "const pattern = new RegExp('^(\\\\d+)+$');\n",
            ),
            "rust": ('fn f() { let r = fancy_regex::Regex::new(r"^(a+)+$"); }\n',),
        },
        good={
            "python": ("import re\npattern = re.compile(r'^a+(?:,a+)*$')\n",),
            "javascript": (
                "function check(text) { return /^(?:[a-z]+-)*[a-z]+$/.test(text); }\n",
            ),
            "rust": ('fn f() { let r = regex::Regex::new(r"^(a+)+$"); }\n',),
        },
        tainted=MEDIUM,
    ),
    Rule(
        "regex-from-outside",
        "redos",
        VULNERABILITY,
        INFO,
        LIKELY,
        1333,
        "A regular expression is made of what somebody else sends",
        "They can send one that takes minutes, or that matches what it should not.",
        "Escape the text first, or match it as a plain text.",
        {
            "python": (*(f"re.{name}(0/pattern: ~input)" for name in _FUNCTIONS),),
            "javascript": (
                "RegExp(0: ~input)",
                "RegExp(0: ~param & dynamic & !<**.escapeRegExp()> & !<**.replace()>)",
                "RegExp.prototype.compile(0: ~input)",
                ".match(0: ~input & <@req.**>)",
                ".search(0: ~input & <@req.**>)",
            ),
        },
        bad={
            "python": (
                "import re\nfrom flask import request\n"
                "def show():\n    return re.search(request.args['q'], text)\n",
            ),
            "javascript": (
                "function find(name, text) { return new RegExp(name).test(text); }\n",
            ),
        },
        good={
            "python": (
                "import re\nfrom flask import request\n"
                "def show():\n    return re.search(re.escape(request.args['q']), text)\n",
            ),
            "javascript": (
                "function find(text) { return new RegExp('^a' + 'b').test(text); }\n",
            ),
        },
        tainted=LOW,
    ),
)
