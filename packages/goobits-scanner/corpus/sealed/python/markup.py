#: bad template-string
from flask import Flask, render_template_string, request

app = Flask(__name__)


@app.get("/hello")
def hello():
    name = request.args.get("name", "you")
    return render_template_string("<h1>Hello " + name + "</h1>")  #!

#: good template-string
from flask import Flask, render_template_string, request

app = Flask(__name__)


@app.get("/hello")
def hello():
    name = request.args.get("name", "you")
    return render_template_string("<h1>Hello {{ name }}</h1>", name=name)

#: bad mark-safe
from django import template
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def search_title(context):
    query = context["request"].GET.get("q", "")
    return mark_safe(f"Results for <b>{query}</b>")  #!

#: good mark-safe
from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag(takes_context=True)
def search_title(context):
    query = context["request"].GET.get("q", "")
    return format_html("Results for <b>{}</b>", query)
