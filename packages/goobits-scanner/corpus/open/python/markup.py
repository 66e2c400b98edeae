#: bad profile
from django.utils.safestring import mark_safe
from django.http import HttpResponse


def profile(request):
    motto = request.GET.get("motto", "")
    block = mark_safe(f"<p class='motto'>{motto}</p>") #!
    return HttpResponse(block)
#: good profile
from django.utils.html import format_html
from django.http import HttpResponse


def profile(request):
    motto = request.GET.get("motto", "")
    block = format_html("<p class='motto'>{}</p>", motto)
    return HttpResponse(block)
#: bad newsletter
from jinja2 import Environment, FileSystemLoader


def build_environment(folder):
    return Environment(loader=FileSystemLoader(folder), autoescape=False) #!


def page(folder, request):
    template = build_environment(folder).get_template("comment.html")
    return template.render(comment=request.form["comment"])
#: good newsletter
from jinja2 import Environment, FileSystemLoader, select_autoescape


def build_environment(folder):
    loader = FileSystemLoader(folder)
    return Environment(loader=loader, autoescape=select_autoescape(["html"]))


def page(folder, request):
    template = build_environment(folder).get_template("comment.html")
    return template.render(comment=request.form["comment"])
