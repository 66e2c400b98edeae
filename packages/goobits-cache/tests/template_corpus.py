"""A site of 21 templates, some 4,500 lines: what benchmarks and tests of templates render.

Eighteen pages extend one layout, import one file of macros and include one card. Everything is
computed from numbers, so every run sees the same text.
"""

from __future__ import annotations

from pathlib import Path

PAGES = tuple(f"page{number:02}.html" for number in range(18))

_LAYOUT_HEAD = """\
{%- import "macros.html" as ui with context -%}
<!doctype html>
<html lang="{{ language|default('en') }}">
<head>
  <meta charset="utf-8">
  <title>{% block title %}{{ site.name }}{% endblock %}</title>
  {%- block head %}
  {%- for sheet in site.sheets %}
  <link rel="stylesheet" href="/{{ sheet }}">
  {%- endfor %}
  {%- endblock %}
</head>
<body class="{{ ['wide', theme]|join(' ') }}">
<nav>
{%- for item in site.menu recursive %}
  <li{% if item.url == page.url %} class="here"{% endif %}>
    <a href="{{ item.url }}">{{ item.title|title }}</a>
    {%- if item.children %}
    <ul>{{ loop(item.children) }}</ul>
    {%- endif %}
  </li>
{%- endfor %}
</nav>
<main>
{% block content required %}{% endblock %}
</main>
"""

_LAYOUT_PART = """\
<aside id="part-{number}">
  {{% block part_{number} %}}
  {{{{ ui.badge("part {number}", loop_count={number}) }}}}
  {{% if site.menu|length > {number} %}}
  <p>{{{{ site.menu[{number} % (site.menu|length)].title|upper }}}}</p>
  {{% else %}}
  <p>{{{{ "none"|capitalize }}}}</p>
  {{% endif %}}
  {{% endblock %}}
</aside>
"""

_MACRO = """\
{{# Something that is shown in every page, variant {number}. #}}
{{% macro field_{number}(name, value="", kind="text", size={size}, required=false) -%}}
  {{%- set identifier = "f-" ~ name|lower|replace(" ", "-") -%}}
  <label for="{{{{ identifier }}}}">{{{{ name|title }}}}</label>
  <input id="{{{{ identifier }}}}" type="{{{{ kind }}}}" size="{{{{ size }}}}"
    {{%- if required %}} required{{% endif %}} value="{{{{ value|e }}}}">
  {{%- if caller is defined %}}<small>{{{{ caller() }}}}</small>{{% endif %}}
  {{%- for extra in varargs %}}<i>{{{{ extra }}}}</i>{{% endfor %}}
  {{%- for key, extra in kwargs|dictsort %}}<b {{{{ key }}}}="{{{{ extra }}}}"></b>
  {{%- endfor %}}
{{%- endmacro %}}

"""

_BADGE = """\
{% macro badge(text, loop_count=1) -%}
<span class="badge">
  {%- for number in range(loop_count) %}{{ loop.index }}/{{ loop.length }} {% endfor -%}
  {{ text|truncate(12) }}
</span>
{%- endmacro %}

"""

_CARD = """\
{%- set shown = row|default(none) %}
<div class="card">
  {%- if shown %}
  <h3>{{ shown.name|title }}</h3>
  <p>{{ shown.text|replace("&", "and") }}</p>
  <p>{{ "%.2f"|format(shown.price) }} {{ shown.tags|sort|join(", ") }}</p>
  {%- else %}
  <p>nothing</p>
  {%- endif %}
</div>
"""

_SECTION = """\
  {{%- if {number} not in page.hidden %}}
  <section id="s{number}">
    <h2>{{{{ page.title }}}} {number}</h2>
    {{%- set total = namespace(value=0) %}}
    {{%- for row in rows if row.price > {price} %}}
    <div class="{{{{ loop.cycle('odd', 'even') }}}}" id="r{{{{ row.id }}}}-{number}">
      <b>{{{{ row.name|{filter} }}}}</b>
      {{%- if loop.first %}} first
      {{%- elif loop.last %}} last
      {{%- else %}} {{{{ loop.index }}}}{{% endif %}}
      {{%- for tag in row.tags %}}
      <i>{{{{ tag|{filter} }}}}{{% if not loop.last %}}, {{% endif %}}</i>
      {{%- else %}}
      <i>no tag</i>
      {{%- endfor %}}
      {{%- set total.value = total.value + row.price * {factor} %}}
      {{%- if row.id is divisibleby {divisor} and row.text is string %}}
      {{% include "card.html" %}}
      {{%- endif %}}
    </div>
    {{%- else %}}
    <p>{{{{ "empty"|capitalize }}}}</p>
    {{%- endfor %}}
    {{{{ ui.field_{macro}("amount {number}", total.value|round(2), step={factor}) }}}}
    {{% call ui.field_{other}("note {number}", page.title ~ " {number}") %}}
      at least {{{{ [{price}, rows|length]|max }}}} of {{{{ rows|sum(attribute="price")|int }}}}
    {{% endcall %}}
    {{%- with highest = rows|map(attribute="price")|max, names = rows|map(attribute="name")|list %}}
    <p>{{{{ highest }}}}: {{{{ names[{number} % (names|length)]|replace("a", "A") }}}}</p>
    {{%- endwith %}}
  </section>
  {{%- endif %}}
"""

_PAGE = """\
{{% extends "layout.html" %}}
{{% import "macros.html" as ui %}}
{{% from "macros.html" import badge as mark %}}
{{% block title %}}{{{{ super() }}}} - {{{{ page.title }}}}{{% endblock %}}
{{% block head %}}
{{{{ super() }}}}
<meta name="page" content="{{{{ self.title()|upper }}}}">
{{% endblock %}}
{{% block content %}}
<h1>{{{{ mark(page.title, {number}) }}}}</h1>
{sections}{{% endblock %}}
"""

_FILTERS = ("upper", "title", "lower", "capitalize", "trim", "reverse")
_MACROS = 18
_SECTIONS = 7


def page(number: int) -> str:
    """Return the source of one page."""
    sections = "".join(
        _SECTION.format(
            number=section,
            price=(number * 3 + section * 7) % 40,
            filter=_FILTERS[(number + section) % len(_FILTERS)],
            factor=section + 1,
            divisor=2 + (number + section) % 5,
            macro=(number + section) % _MACROS,
            other=(number * 5 + section) % _MACROS,
        )
        for section in range(_SECTIONS)
    )
    return _PAGE.format(number=number % 4, sections=sections)


def templates() -> dict[str, str]:
    """Return the sources of all templates by name."""
    parts = "".join(_LAYOUT_PART.format(number=number) for number in range(4))
    macros = "".join(
        _MACRO.format(number=number, size=10 + number) for number in range(_MACROS)
    )
    found = {
        "card.html": _CARD,
        "layout.html": f"{_LAYOUT_HEAD}{parts}</body>\n</html>\n",
        "macros.html": _BADGE + macros,
    }
    found.update((name, page(number)) for number, name in enumerate(PAGES))
    return found


def write(folder: Path) -> None:
    """Write all templates to a folder."""
    for name, source in templates().items():
        (folder / name).write_text(source, encoding="utf-8")


def context(name: str) -> dict[str, object]:
    """Return what a page is rendered with."""
    menu = [
        {
            "url": f"/{section}",
            "title": f"section {section}",
            "children": [
                {"url": f"/{section}/{item}", "title": f"item {item}"}
                for item in range(1)
            ],
        }
        for section in range(3)
    ]
    rows = [
        {
            "id": number,
            "name": f"article {number}",
            "text": "words & <more> words " * (1 + number % 3),
            "price": number * 37 % 50 + 0.5,
            "tags": [f"tag{tag}" for tag in range(number % 4)],
        }
        for number in range(2)
    ]
    return {
        "site": {"name": "A site", "sheets": ["a.css", "b.css"], "menu": menu},
        "page": {"url": "/2", "title": f"Page {name}", "hidden": [2, 5]},
        "rows": rows,
        "theme": "dark",
    }
