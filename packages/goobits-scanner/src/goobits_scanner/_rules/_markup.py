"""Templates and pages into which others could write."""

from __future__ import annotations

from goobits_scanner._rules._rule import HIGH, LIKELY, LOW, MEDIUM, VULNERABILITY, Rule

_WHY = "A text with a script in it runs in the reader's browser, as the reader."
_CLEAN = "!<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>"

RULES = (
    Rule(
        "template-from-text",
        "markup",
        VULNERABILITY,
        LOW,
        LIKELY,
        1336,
        "A template is made of text that is put together at run time",
        "A template is a program: whoever writes into it runs code on the server.",
        "Keep templates in files and hand values over as variables.",
        {
            "python": (
                "flask.render_template_string(0/source: dynamic)",
                "jinja2.Template(0/source: ~input | built)",
                "jinja2.Environment().from_string(0/source: ~input | ~param | built)",
                "jinja2.sandbox.SandboxedEnvironment().from_string(0: ~input)",
                "mako.template.Template(0/text: ~input | built)",
                "django.template.Template(0: ~input | built)",
                "tornado.template.Template(0: ~input | built)",
                "string.Template(0: ~input)",
                "chameleon.PageTemplate(0: ~input | built)",
            ),
            "javascript": (
                "ejs.render(0: ~input | built)",
                "ejs.compile(0: ~input | built)",
                "pug.render(0: ~input | built)",
                "pug.compile(0: ~input | built)",
                "jade.compile(0: ~input | built)",
                "handlebars.compile(0: ~input | built)",
                "nunjucks.renderString(0: ~input | built)",
                "nunjucks.compile(0: ~input | built)",
                "mustache.render(0: ~input | built)",
                "lodash.template(0: ~input | built)",
                "dot.template(0: ~input | built)",
                "@res.render(0: ~input)",
                "@response.render(0: ~input)",
                "eta.render(0: ~input)",
                "eta.Eta().renderString(0: ~input)",
                "squirrelly.render(0: ~input)",
                "swig.render(0: ~input)",
                "twig.twig(0: ~input)",
                "liquidjs.Liquid().parseAndRender(0: ~input)",
                "velocityjs.render(0: ~input)",
                "dust.renderSource(0: ~input)",
                "haml.render(0: ~input)",
                "underscore.template(0: ~input)",
                "vue.compile(0: ~input)",
                "art-template.render(0: ~input)",
                "doT.template(0: ~input)",
                "hogan.js.compile(0: ~input)",
                "pug.compileClient(0: ~input)",
                "ejs.renderAsync(0: ~input)",
                "pug.render(0: dynamic & ~param & built)",
            ),
            "rust": (
                "tera.Tera.one_off(0: ~input | built | ~param)",
                "**.add_raw_template(1: ~input | built)",
                "minijinja.render!(0: ~input | built)",
                "**.render_str(0: ~input | built)",
                "**.render_template(0: ~input | built)",
            ),
        },
        bad={
            "python": (
                "from flask import render_template_string, request\n"
                "def show():\n"
                "    return render_template_string('<p>' + request.args['n'] + '</p>')\n",
            ),
            "javascript": (
                "const ejs = require('ejs');\n"
                "function show(name) { return ejs.render(`<p>${name}</p>`); }\n",
                "const liquid = new (require('liquidjs').Liquid)();\nmodule.exports = (req, res) => liquid.parseAndRender(req.body.text);\n",
            ),
            "rust": ("fn show(t: &str) { tera::Tera::one_off(t, &context, true); }\n",),
        },
        good={
            "python": (
                "from flask import render_template_string, request\n"
                "def show():\n"
                "    return render_template_string('<p>{{ n }}</p>', n=request.args['n'])\n",
            ),
            "javascript": (
                "const ejs = require('ejs');\n"
                "function show(name) { return ejs.render('<p><%= name %></p>', { name }); }\n",
            ),
            "rust": (
                'fn show() { tera::Tera::one_off("<p>{{ n }}</p>", &context, true); }\n',
            ),
        },
        tainted=HIGH,
    ),
    Rule(
        "html-unescaped",
        "markup",
        VULNERABILITY,
        LOW,
        LIKELY,
        79,
        "A text that may hold markup is put into a page as it is",
        _WHY,
        "Set it as text, or clean it with a library made for that.",
        {
            "python": (
                "django.utils.safestring.mark_safe(0/s: dynamic)",
                "django.utils.safestring.SafeString(0: dynamic)",
                "django.utils.safestring.SafeText(0: dynamic)",
                "django.utils.html.format_html(0: built)",
                "markupsafe.Markup(0: dynamic)",
                "flask.Markup(0: dynamic)",
                "jinja2.Markup(0: dynamic)",
                "flask.make_response(0: ~input)",
                "flask.Response(0/response: ~input & /</)",
                "django.http.HttpResponse(0/content: ~input)",
                "fastapi.responses.HTMLResponse(0/content: ~input)",
                "starlette.responses.HTMLResponse(0/content: ~input)",
                "aiohttp.web.Response(text: ~input & /</)",
                "aiohttp.web.Response(body: ~input)",
                "@self.write(0: ~input & built)",
                "@self.response.out.write(0: ~input)",
                "@self.response.write(0: ~input)",
                "node return(0: ~input & built & /<\\w/)",
            ),
            "javascript": (
                f".innerHTML = dynamic & {_CLEAN} & !<jsx.**>",
                f".outerHTML = dynamic & {_CLEAN}",
                f"document.write(0: dynamic & {_CLEAN})",
                f"document.writeln(0: dynamic & {_CLEAN})",
                f".insertAdjacentHTML(1: dynamic & {_CLEAN})",
                f".createContextualFragment(0: dynamic & {_CLEAN})",
                f"jsx.*(dangerouslySetInnerHTML.__html: dynamic & {_CLEAN})",
                f"react.createElement(1.dangerouslySetInnerHTML.__html: dynamic & {_CLEAN})",
                f".html(0: built & {_CLEAN})",
                f".html(0: ~input & {_CLEAN})",
                ".bypassSecurityTrustHtml(0: dynamic)",
                ".bypassSecurityTrustScript(0: dynamic)",
                ".bypassSecurityTrustUrl(0: dynamic)",
                ".bypassSecurityTrustResourceUrl(0: dynamic)",
                ".bypassSecurityTrustStyle(0: dynamic)",
                "handlebars.SafeString(0: dynamic)",
                f"@res.send(0: ~input & built & {_CLEAN})",
                f"@res.send(0: ~input & <@req.**> & {_CLEAN})",
                f"@res.write(0: ~input & {_CLEAN})",
                f"@res.end(0: ~input & built & {_CLEAN})",
                f"@response.send(0: ~input & {_CLEAN})",
                f"@response.write(0: ~input & {_CLEAN})",
                f"@ctx.body = ~input & built & {_CLEAN}",
                f"@reply.send(0: ~input & built & {_CLEAN})",
                "jsx.*(href: ~input)",
                "jsx.*(src: ~input)",
                "jquery().append(0: built & /</ & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "jquery().prepend(0: built & /</ & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "jquery().after(0: built & /</ & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "jquery().before(0: built & /</ & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "jquery().replaceWith(0: built & /</ & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "jquery(0: ~page & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "jquery.parseHTML(0: ~page & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "jquery().append(0: ~page & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "jquery().html(0: ~page & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                ".html(0: ~page & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "$().append(0: built & /</ & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "$().prepend(0: built & /</ & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "$().after(0: built & /</ & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "$().before(0: built & /</ & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "$().replaceWith(0: built & /</ & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                ".appendHTML(0: dynamic & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                ".setHTMLUnsafe(0: dynamic & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "Document.parseHTMLUnsafe(0: dynamic & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                ".srcdoc = dynamic & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>",
                "jsx.iframe(srcDoc: dynamic & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                ".setProperty(1: 'innerHTML'; 2: dynamic & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "@angular.core.Renderer2().setProperty(1: 'innerHTML'; 2: dynamic)",
                *(
                    f"@res.{before}.send(0: ~input & built & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)"
                    for before in (
                        "type()",
                        "set()",
                        "header()",
                        "status().type()",
                        "type().status()",
                        "contentType()",
                    )
                ),
                "@res.status().send(0: ~input & built & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "@response.status().send(0: ~input & built & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "@res.status().end(0: ~input & built & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "@response.end(0: ~input & built & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "@c.html(0: ~input & built & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "@ctx.response.body = ~input & built & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>",
                "@reply.type().send(0: ~input & built & !<**.sanitize()> & !<**.escape()> & !<**.escapeHtml()> & !<**.escapeHTML()>)",
                "jsx.a(href: ~page)",
                "jsx.iframe(src: ~page | ~input)",
                "jsx.a(href: /^javascript:/ & dynamic)",
                "react.createElement(1.href: ~input | ~page)",
                "hono.html.raw(0: dynamic)",
                "lit.directives.unsafe-html.js.unsafeHTML(0: dynamic)",
                "lit-html.directives.unsafe-html.js.unsafeHTML(0: dynamic)",
                "@angular.platform-browser.DomSanitizer().bypassSecurityTrustHtml(0: dynamic)",
                "$(0: ~page)",
                "jQuery(0: ~page)",
                "$.parseHTML(0: ~page)",
            ),
            "rust": (
                "maud.PreEscaped(0: dynamic)",
                "axum.response.Html(0: built & ~param)",
                "axum.response.Html(0: ~input)",
                "rocket.response.content.RawHtml(0: built | ~input)",
                "actix_web.HttpResponse.Ok().content_type().body(0: ~input)",
                "actix_web.HttpResponse.Ok().body(0: ~input & /</)",
                "warp.reply.html(0: ~input | built)",
                "horrorshow.Raw(0: dynamic)",
                "askama.MarkupDisplay.new_safe(0: dynamic)",
            ),
        },
        bad={
            "python": (
                "from django.utils.safestring import mark_safe\n"
                "def show(name):\n    return mark_safe('<b>' + name + '</b>')\n",
                "from flask import request\n"
                "def show():\n    return f\"<b>{request.args['name']}</b>\"\n",
            ),
            "javascript": (
                "function show(name) { document.body.innerHTML = '<b>' + name; }\n",
                "function Show({ text }) {\n"
                "  return <div dangerouslySetInnerHTML={{ __html: text }} />;\n}\n",
                "import { unsafeHTML } from 'lit/directives/unsafe-html.js';\nexport const show = (text) => unsafeHTML(text);\n",
                "$(location.hash);\n",
            ),
            "rust": (
                'fn show(n: &str) { axum::response::Html(format!("<b>{}</b>", n)); }\n',
            ),
        },
        good={
            "python": (
                "from django.utils.html import format_html\n"
                "def show(name):\n    return format_html('<b>{}</b>', name)\n",
            ),
            "javascript": (
                "function show(name) { document.body.textContent = name; }\n",
                "function show(name) { document.body.innerHTML = DOMPurify.sanitize(name); }\n",
                "export const show = (res, count) => res.status(200).send(`<p>${Number(count)}</p>`);\n",
                "$('#' + name);\n",
            ),
            "rust": ('fn show() { axum::response::Html("<b>x</b>"); }\n',),
        },
        tainted=MEDIUM,
    ),
    Rule(
        "template-escaping-off",
        "markup",
        VULNERABILITY,
        LOW,
        LIKELY,
        79,
        "Templates are rendered without escaping what is put into them",
        _WHY,
        "Turn the escaping on.",
        {
            "python": (
                "jinja2.Environment(autoescape: false)",
                "jinja2.Environment(autoescape: absent)",
                "mako.template.Template(0: !/\\|\\s*[hn]\\b/; default_filters: absent)",
                "mako.lookup.TemplateLookup(default_filters: absent)",
                "tornado.template.Template(autoescape: none)",
                "jinja2.sandbox.SandboxedEnvironment(autoescape: false)",
            ),
            "javascript": (
                "handlebars.compile(1.noEscape: true)",
                "nunjucks.configure(*.autoescape: false)",
                "nunjucks.Environment(*.autoescape: false)",
                "markdown-it(0.html: true)",
                "marked(1.sanitize: false)",
                "marked.setOptions(0.sanitize: false)",
                "mustache.escape = present",
                "**.escapeMarkup = false",
            ),
            "rust": (
                "**.autoescape_on(0: list & constant & !/./)",
                "handlebars.no_escape",
                "**.register_escape_fn(0: <handlebars.no_escape>)",
            ),
        },
        bad={
            "python": ("import jinja2\nenv = jinja2.Environment(loader=loader)\n",),
            "javascript": (
                "const nunjucks = require('nunjucks');\n"
                "nunjucks.configure('views', { autoescape: false });\n",
            ),
            "rust": (
                "use handlebars::no_escape;\n"
                "fn f(h: &mut Handlebars) { h.register_escape_fn(handlebars::no_escape); }\n",
            ),
        },
        good={
            "python": ("import jinja2\nenv = jinja2.Environment(autoescape=True)\n",),
            "javascript": (
                "const nunjucks = require('nunjucks');\n"
                "nunjucks.configure('views', { autoescape: true });\n",
            ),
            "rust": ("fn f() { let h = handlebars::Handlebars::new(); }\n",),
        },
        tainted=MEDIUM,
    ),
)
