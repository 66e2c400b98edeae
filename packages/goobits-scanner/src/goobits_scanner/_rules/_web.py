"""Servers and pages whose protection is off."""

from __future__ import annotations

from goobits_scanner._rules._rule import (
    INFO,
    LIKELY,
    LOW,
    MEDIUM,
    SURE,
    VULNERABILITY,
    Rule,
)

RULES = (
    Rule(
        "debug-mode",
        "web",
        VULNERABILITY,
        LOW,
        LIKELY,
        489,
        "A server runs in debug mode",
        "Its error pages give away the code, and in some frameworks run commands.",
        "Turn it on from the environment, on machines of developers only.",
        {
            "python": (
                "flask.Flask().run(debug: true)",
                "flask.Flask().debug = true",
                "DEBUG = true",
                "flask.Flask().config.update(DEBUG: true)",
                "bottle.run(debug: true)",
                "bottle.debug(0: true)",
                "tornado.web.Application(debug: true)",
                "fastapi.FastAPI(debug: true)",
                "starlette.applications.Starlette(debug: true)",
                "sanic.Sanic().run(debug: true)",
                "uvicorn.run(debug: true)",
                "quart.Quart().run(debug: true)",
                "dash.Dash().run_server(debug: true)",
                "werkzeug.debug.DebuggedApplication()",
                "assign flask.Flask().config[](0: true; 1: 'DEBUG')",
                "TEMPLATE_DEBUG = true",
                "pyramid_debugtoolbar.includeme()",
            ),
            "javascript": (
                "errorhandler()",
                "express().set(0: 'env'; 1: 'development')",
                "koa-error()",
                "fastify(0.debug: true)",
                "webpack-dev-server(0.allowedHosts: 'all')",
                "electron.BrowserWindow(0.webPreferences.nodeIntegration: true)",
                "electron.BrowserWindow(0.webPreferences.webSecurity: false)",
                "electron.BrowserWindow(0.webPreferences.contextIsolation: false)",
                "electron.BrowserWindow(0.webPreferences.allowRunningInsecureContent: true)",
                "electron.BrowserWindow(0.webPreferences.experimentalFeatures: true)",
                "electron.BrowserWindow(0.webPreferences.enableRemoteModule: true)",
            ),
        },
        bad={
            "python": (
                "from flask import Flask\napp = Flask(__name__)\napp.run(debug=True)\n",
            ),
            "javascript": (
                "const { BrowserWindow } = require('electron');\n"
                "new BrowserWindow({ webPreferences: { nodeIntegration: true } });\n",
            ),
        },
        good={
            "python": (
                "from flask import Flask\napp = Flask(__name__)\napp.run(debug=False)\n",
            ),
            "javascript": (
                "const { BrowserWindow } = require('electron');\n"
                "new BrowserWindow({ webPreferences: { nodeIntegration: false } });\n",
            ),
        },
    ),
    Rule(
        "bound-to-all",
        "web",
        VULNERABILITY,
        INFO,
        LIKELY,
        605,
        "A server listens on every address of the machine",
        "Whoever reaches the machine reaches the server.",
        "Listen on 127.0.0.1, or say where it may be reached from.",
        {
            "python": (
                "flask.Flask().run(host: '0.0.0.0' | '::')",
                "uvicorn.run(host: '0.0.0.0' | '::')",
                "socket.socket().bind(0: /^(?:0\\.0\\.0\\.0|::)?( |$)/)",
                "aiohttp.web.run_app(host: '0.0.0.0')",
                "http.server.HTTPServer(0: /^(?:0\\.0\\.0\\.0)? /)",
                "socketserver.TCPServer(0: /^(?:0\\.0\\.0\\.0)? /)",
                "ALLOWED_HOSTS = /^\\*$/",
                "bottle.run(host: '0.0.0.0')",
                "waitress.serve(host: '0.0.0.0')",
            ),
            "javascript": (
                ".listen(1: '0.0.0.0' | '::')",
                ".listen(0.host: '0.0.0.0' | '::')",
            ),
            "rust": (
                "std.net.TcpListener.bind(0: /^0\\.0\\.0\\.0:|^\\[::\\]:/)",
                "tokio.net.TcpListener.bind(0: /^0\\.0\\.0\\.0:|^\\[::\\]:/)",
                ".bind(0: /^0\\.0\\.0\\.0:|^\\[::\\]:/)",
            ),
        },
        bad={
            "python": (
                "from flask import Flask\napp = Flask(__name__)\napp.run(host='0.0.0.0')\n",
            ),
            "javascript": ("app.listen(3000, '0.0.0.0');\n",),
            "rust": ('fn f() { std::net::TcpListener::bind("0.0.0.0:80"); }\n',),
        },
        good={
            "python": (
                "from flask import Flask\napp = Flask(__name__)\napp.run(host='127.0.0.1')\n",
            ),
            "javascript": ("app.listen(3000, '127.0.0.1');\n",),
            "rust": ('fn f() { std::net::TcpListener::bind("127.0.0.1:80"); }\n',),
        },
    ),
    Rule(
        "cookie-open",
        "web",
        VULNERABILITY,
        LOW,
        LIKELY,
        614,
        "A cookie is sent in the clear, or scripts can read it",
        "Who reads a session's cookie is that user.",
        "Set Secure, HttpOnly and SameSite.",
        {
            "python": (
                ".set_cookie(secure: false)",
                ".set_cookie(httponly: false)",
                ".set_cookie(samesite: none | 'None'; secure: !true)",
                "flask.make_response().set_cookie(secure: absent; 0: present)",
                "flask.Response().set_cookie(secure: absent; 0: present)",
                "@response.set_cookie(secure: absent; 0: present)",
                "django.http.HttpResponse().set_cookie(secure: absent; 0: present)",
                "SESSION_COOKIE_SECURE = false",
                "SESSION_COOKIE_HTTPONLY = false",
                "CSRF_COOKIE_SECURE = false",
                "CSRF_COOKIE_HTTPONLY = false",
                "assign flask.Flask().config[](0: false; 1: /^SESSION_COOKIE_(?:SECURE|HTTPONLY)$/)",
                "flask.Flask().config.update(SESSION_COOKIE_SECURE: false)",
                "flask.Flask().config.update(SESSION_COOKIE_HTTPONLY: false)",
                "SECURE_SSL_REDIRECT = false",
                "pyramid.session.SignedCookieSessionFactory(secure: false)",
                "pyramid.session.SignedCookieSessionFactory(httponly: false)",
                "pyramid.authentication.AuthTktCookieHelper(secure: false)",
                "pyramid.authentication.AuthTktAuthenticationPolicy(secure: absent | false)",
                "pyramid.authentication.AuthTktAuthenticationPolicy(http_only: absent | false)",
            ),
            "javascript": (
                "express-session(0.cookie.secure: false)",
                "express-session(0.cookie.httpOnly: false)",
                "express-session(0.cookie: absent)",
                "express-session(0.cookie: present; 0.cookie.secure: absent)",
                "cookie-session(0.secure: false)",
                "cookie-session(0.httpOnly: false)",
                "cookie-session(0.secure: absent)",
                "@res.cookie(2.secure: false)",
                "@res.cookie(2.httpOnly: false)",
                "@res.cookie(2: absent; 0: present)",
                "@res.cookie(2: present; 2.httpOnly: absent)",
                "@response.cookie(2.httpOnly: false)",
                "@reply.setCookie(2.httpOnly: false)",
                "@reply.setCookie(2.secure: false)",
                "@ctx.cookies.set(2.httpOnly: false)",
                "koa-session(0.httpOnly: false)",
                "@hapi.cookie(0.isSecure: false)",
                "cookies.set(2.httpOnly: false)",
                ".state(2.isSecure: false)",
                "cookie.serialize(2.httpOnly: false)",
            ),
            "rust": (
                ".secure(0: false)",
                ".http_only(0: false)",
                ".cookie_secure(0: false)",
                ".cookie_http_only(0: false)",
                ".set_secure(0: false)",
                ".set_http_only(0: false)",
                ".with_secure(0: false)",
            ),
        },
        bad={
            "python": (
                "def view(response):\n    response.set_cookie('sid', value, secure=False)\n",
            ),
            "javascript": (
                "app.get('/', (req, res) => { res.cookie('sid', id, { httpOnly: false }); });\n",
            ),
            "rust": ('fn f() { Cookie::build("sid", id).secure(false).finish(); }\n',),
        },
        good={
            "python": (
                "def view(response):\n"
                "    response.set_cookie('sid', value, secure=True, httponly=True)\n",
            ),
            "javascript": (
                "app.get('/', (req, res) => {\n"
                "  res.cookie('sid', id, { httpOnly: true, secure: true });\n});\n",
            ),
            "rust": ('fn f() { Cookie::build("sid", id).secure(true).finish(); }\n',),
        },
    ),
    Rule(
        "cors-open",
        "web",
        VULNERABILITY,
        LOW,
        LIKELY,
        942,
        "Every site may call this server from its visitors' browsers",
        "With their cookies it acts, and reads, as them.",
        "List the origins that may.",
        {
            "python": (
                "flask_cors.CORS(origins: '*')",
                "flask_cors.CORS(resources: absent; origins: absent; 0: present; supports_credentials: true)",
                "flask_cors.cross_origin(origins: '*' | absent)",
                "CORS_ORIGIN_ALLOW_ALL = true",
                "CORS_ALLOW_ALL_ORIGINS = true",
                ".add_middleware(allow_origins: /^\\*$/)",
                "fastapi.middleware.cors.CORSMiddleware(allow_origins: /^\\*$/)",
                "assign **.headers[](0: '*' | ~input; 1: /(?i)access-control-allow-origin/)",
                "@self.set_header(0: /(?i)access-control-allow-origin/; 1: '*' | ~input)",
                "@response.headers.add(0: /(?i)access-control-allow-origin/; 1: '*')",
            ),
            "javascript": (
                "cors(0.origin: '*' | true | ~input)",
                "cors(0: absent)",
                "@koa.cors(0.origin: '*' | ~input)",
                "@fastify.cors(1.origin: '*' | true)",
                "@res.setHeader(0: /(?i)access-control-allow-origin/; 1: '*' | ~input)",
                "@res.header(0: /(?i)access-control-allow-origin/; 1: '*' | ~input)",
                "@res.set(0: /(?i)access-control-allow-origin/; 1: '*' | ~input)",
                "@res.writeHead(1.Access-Control-Allow-Origin: '*' | ~input)",
                "@res.writeHead(1.access-control-allow-origin: '*' | ~input)",
                "@response.setHeader(0: /(?i)access-control-allow-origin/; 1: '*' | ~input)",
                "@reply.header(0: /(?i)access-control-allow-origin/; 1: '*' | ~input)",
                "@ctx.set(0: /(?i)access-control-allow-origin/; 1: '*' | ~input)",
                ".enableCors(0: absent)",
                ".enableCors(0.origin: '*' | true)",
                ".postMessage(1: '*')",
                "parent.postMessage(1: '*')",
                "opener.postMessage(1: '*')",
                "socket.io(1.cors.origin: '*')",
                "socket.io.Server(1.cors.origin: '*')",
                "ws.Server(0.verifyClient: absent; 0.origin: '*')",
            ),
            "rust": (
                "actix_cors.Cors.permissive()",
                "tower_http.cors.CorsLayer.permissive()",
                "tower_http.cors.CorsLayer.very_permissive()",
                "CorsLayer.permissive()",
                "CorsLayer.very_permissive()",
                "Cors.permissive()",
                ".allow_any_origin()",
                ".allow_origin(0: <**.Any> | <Any>)",
                "rocket_cors.AllowedOrigins.all()",
            ),
        },
        bad={
            "python": ("from flask_cors import CORS\nCORS(app, origins='*')\n",),
            "javascript": (
                "const cors = require('cors');\napp.use(cors({ origin: '*' }));\n",
                "app.get('/', (req, res) => {\n"
                "  res.setHeader('Access-Control-Allow-Origin', req.headers.origin);\n});\n",
            ),
            "rust": ("fn f() { tower_http::cors::CorsLayer::permissive(); }\n",),
        },
        good={
            "python": (
                "from flask_cors import CORS\nCORS(app, origins=['https://a.invalid'])\n",
            ),
            "javascript": (
                "const cors = require('cors');\n"
                "app.use(cors({ origin: 'https://a.invalid' }));\n",
            ),
            "rust": ("fn f() { tower_http::cors::CorsLayer::new(); }\n",),
        },
        tainted=MEDIUM,
    ),
    Rule(
        "csrf-off",
        "web",
        VULNERABILITY,
        LOW,
        LIKELY,
        352,
        "The protection against requests that other sites make is off",
        "Another site can act as its visitors.",
        "Leave it on; answer requests of programs at addresses that take tokens, not cookies.",
        {
            "python": (
                "django.views.decorators.csrf.csrf_exempt",
                "django.utils.decorators.method_decorator(0: <django.views.decorators.csrf.csrf_exempt>)",
                "WTF_CSRF_ENABLED = false",
                "assign flask.Flask().config[](0: false; 1: /^WTF_CSRF_(?:ENABLED|CHECK_DEFAULT)$/)",
                "flask.Flask().config.update(WTF_CSRF_ENABLED: false)",
                "flask_wtf.FlaskForm(csrf_enabled: false)",
                "flask_wtf.csrf.CSRFProtect().exempt()",
                "flask_wtf.CSRFProtect().exempt()",
                "pyramid.config.Configurator().set_default_csrf_options(require_csrf: false)",
                "pyramid.view.view_config(require_csrf: false)",
                "xsrf_cookies = false",
                "tornado.web.Application(xsrf_cookies: false)",
            ),
            "javascript": (
                "csurf(0.ignoreMethods: list)",
                "lusca(0.csrf: false)",
                "helmet(0.frameguard: false)",
                "helmet(0.contentSecurityPolicy: false)",
                "helmet(0.hsts: false)",
                "helmet(0.xssFilter: false)",
                "express-rate-limit(0.max: = 0)",
                "fastify-helmet(1.contentSecurityPolicy: false)",
            ),
        },
        bad={
            "python": (
                "from django.views.decorators.csrf import csrf_exempt\n"
                "@csrf_exempt\ndef save(request):\n    pass\n",
            ),
            "javascript": (
                "const helmet = require('helmet');\napp.use(helmet({ frameguard: false }));\n",
            ),
        },
        good={
            "python": (
                "from django.views.decorators.csrf import csrf_protect\n"
                "@csrf_protect\ndef save(request):\n    pass\n",
            ),
            "javascript": ("const helmet = require('helmet');\napp.use(helmet());\n",),
        },
    ),
    Rule(
        "token-not-verified",
        "web",
        VULNERABILITY,
        LOW,
        SURE,
        347,
        "A token is taken without a check of its signature",
        "Anybody can write one.",
        "Verify it, with the key and the algorithms that you expect.",
        {
            "python": (
                "jwt.decode(options.verify_signature: false)",
                "jwt.decode(verify: false)",
                "jwt.decode(2/verify: false)",
                "jwt.decode(algorithms: /(?i)\\bnone\\b/)",
                "jwt.encode(2/algorithm: none | 'none' | 'None' | 'NONE')",
                "jwt.encode(algorithm: none)",
                "jose.jwt.decode(options.verify_signature: false)",
                "jose.jwt.get_unverified_claims()",
                "jwt.process_jwt()",
                "python_jwt.process_jwt()",
                "authlib.jose.jwt.decode(1: none)",
                "jose.jwt.encode(algorithm: 'none')",
            ),
            "javascript": (
                "jsonwebtoken.decode()",
                "jsonwebtoken.verify(1: none | false | '')",
                "jsonwebtoken.verify(2.algorithms: /(?i)\\bnone\\b/)",
                "jsonwebtoken.sign(2.algorithm: /(?i)^none$/)",
                "jsonwebtoken.verify(2.ignoreExpiration: true)",
                "jwt-simple.decode(2: true)",
                "jose.JWT.decode()",
                "jose.decodeJwt()",
                "jose.UnsecuredJWT.decode()",
                "jose.JWT.verify(1: <jose.JWK.None>)",
                "jose.JWT.sign(1: <jose.JWK.None>)",
                "express-jwt(0.algorithms: /(?i)\\bnone\\b/)",
                "express-jwt(0.credentialsRequired: false)",
                "passport-jwt.Strategy(0.ignoreExpiration: true)",
            ),
            "rust": (
                "jsonwebtoken.dangerous_insecure_decode",
                "jsonwebtoken.dangerous.insecure_decode",
                "jsonwebtoken.dangerous_insecure_decode_with_validation",
                ".insecure_disable_signature_validation()",
            ),
        },
        bad={
            "python": (
                "import jwt\nclaims = jwt.decode(t, options={'verify_signature': False})\n",
            ),
            "javascript": (
                "const jwt = require('jsonwebtoken');\nconst claims = jwt.decode(t);\n",
            ),
            "rust": (
                "fn f(v: &mut Validation) { v.insecure_disable_signature_validation(); }\n",
            ),
        },
        good={
            "python": (
                "import jwt\nclaims = jwt.decode(t, key, algorithms=['HS256'])\n",
            ),
            "javascript": (
                "const jwt = require('jsonwebtoken');\nconst claims = jwt.verify(t, key);\n",
            ),
            "rust": ("fn f(v: &mut Validation) { v.validate_exp = true; }\n",),
        },
    ),
    Rule(
        "secret-in-code",
        "web",
        VULNERABILITY,
        LOW,
        SURE,
        798,
        "The key that signs sessions or tokens stands in the code",
        "Whoever reads the code can sign as the server.",
        "Read it from the environment or a store of secrets.",
        {
            "python": (
                "jwt.encode(1/key: constant & string & /./)",
                "jwt.decode(1/key: constant & string & /./)",
                "jose.jwt.encode(1/key: constant & string & /./)",
                "flask.Flask().secret_key = constant & /./",
                "assign flask.Flask().config[](0: constant & /./; 1: /^(?:JWT_)?SECRET_KEY$/)",
                "flask.Flask().config.update(SECRET_KEY: constant & /./)",
                "SECRET_KEY = constant & /.{8}/",
                "starlette.middleware.sessions.SessionMiddleware(secret_key: constant & /./)",
                "tornado.web.Application(cookie_secret: constant & /./)",
            ),
            "javascript": (
                "jsonwebtoken.sign(1: constant & string & /./)",
                "jsonwebtoken.verify(1: constant & string & /./)",
                "jwt-simple.encode(1: constant & /./)",
                "express-session(0.secret: constant & /./)",
                "cookie-session(0.secret: constant & /./)",
                "cookie-session(0.keys: constant & list)",
                "cookie-parser(0: constant & /./)",
                "express-jwt(0.secret: constant & /./)",
                "express-jwt.expressjwt(0.secret: constant & /./)",
                "passport-jwt.Strategy(0.secretOrKey: constant & /./)",
                "koa-jwt(0.secret: constant & /./)",
                "@nestjs.jwt.JwtModule.register(0.secret: constant & /./)",
                "jose.JWT.sign(1: constant & string & /./)",
                "jose.JWT.verify(1: constant & string & /./)",
                "jose.JWK.asKey(0: constant & /./)",
            ),
            "rust": (
                "jsonwebtoken.EncodingKey.from_secret(0: constant)",
                "jsonwebtoken.DecodingKey.from_secret(0: constant)",
                "EncodingKey.from_secret(0: constant)",
                "DecodingKey.from_secret(0: constant)",
            ),
        },
        bad={
            "python": ("import jwt\nt = jwt.encode(claims, 'a-key-of-ours')\n",),
            "javascript": (
                "const session = require('express-session');\n"
                "app.use(session({ secret: 'a-key-of-ours', cookie: { secure: true } }));\n",
            ),
            "rust": (
                'fn f() { jsonwebtoken::EncodingKey::from_secret(b"our-key"); }\n',
            ),
        },
        good={
            "python": ("import os, jwt\nt = jwt.encode(claims, os.environ['KEY'])\n",),
            "javascript": (
                "const session = require('express-session');\n"
                "app.use(session({ secret: process.env.KEY, cookie: { secure: true } }));\n",
            ),
            "rust": (
                "fn f(k: &[u8]) { jsonwebtoken::EncodingKey::from_secret(k); }\n",
            ),
        },
    ),
    Rule(
        "header-from-outside",
        "web",
        VULNERABILITY,
        LOW,
        LIKELY,
        113,
        "A header, or a line of a log, is made of what the request says",
        "A line break in it adds headers or lines of the sender's own.",
        "Take line breaks out, or refuse them.",
        {
            "python": (
                "@response.headers.add(1: ~input)",
                "logging.info(0/msg: ~input & dynamic)",
                "logging.error(0/msg: ~input & dynamic)",
                "logging.warning(0/msg: ~input & dynamic)",
                "logging.getLogger().info(0/msg: ~input & dynamic)",
                "logging.getLogger().error(0/msg: ~input & dynamic)",
                "smtplib.SMTP().sendmail(2: ~input)",
            ),
            "javascript": (
                "@res.setHeader(1: ~input & built)",
                "@res.set(1: ~input & built)",
                "nodemailer.createTransport().sendMail(0.html: ~input)",
            ),
        },
        bad={
            "python": (
                "import logging\nfrom flask import request\n"
                "def show():\n    logging.info('user ' + request.args['name'])\n",
            ),
            "javascript": (
                "app.get('/', (req, res) => {\n"
                "  res.setHeader('X-Name', `n ${req.query.name}`);\n});\n",
            ),
        },
        good={
            "python": (
                "import logging\nfrom flask import request\n"
                "def show():\n    logging.info('shown')\n",
            ),
            "javascript": (
                "app.get('/', (req, res) => { res.setHeader('X-Name', 'n'); });\n",
            ),
        },
        tainted=LOW,
    ),
    Rule(
        "upload-unchecked",
        "web",
        VULNERABILITY,
        LOW,
        LIKELY,
        915,
        "A whole request becomes an object's fields",
        "Fields that nobody thought of, such as `is_admin`, can be set, too.",
        "Name the fields that may be set.",
        {
            "python": (
                "**.objects.create(**: ~input)",
                ".create(**: ~input)",
                ".update(**: ~input)",
            ),
            "javascript": (
                ".create(0: <@req.body>)",
                ".insertOne(0: <@req.body>)",
                ".findByIdAndUpdate(1: <@req.body>)",
                ".updateOne(1: <@req.body>)",
                ".update(0: <@req.body>)",
            ),
        },
        bad={
            "python": (
                "from flask import request\n"
                "def save():\n    User.objects.create(**request.get_json())\n",
            ),
            "javascript": (
                "app.post('/', (req, res) => { User.create(req.body); });\n",
            ),
        },
        good={
            "python": (
                "from flask import request\n"
                "def save():\n    User.objects.create(name=request.get_json()['name'])\n",
            ),
            "javascript": (
                "app.post('/', (req, res) => { User.create({ name: req.body.name }); });\n",
            ),
        },
        tainted=LOW,
    ),
    Rule(
        "redirect-to-chosen-place",
        "web",
        VULNERABILITY,
        LOW,
        LIKELY,
        601,
        "A redirect goes where the request says",
        "A link to this site can lead its visitors to another one that looks like it.",
        "Redirect to paths of your own only; check that the target has no host.",
        {
            "python": (
                "flask.redirect(0/location: ~input & !/^\\/[^\\/\\0]/)",
                "django.shortcuts.redirect(0/to: ~input & !/^\\/[^\\/\\0]/)",
                "django.http.HttpResponseRedirect(0/redirect_to: ~input & !/^\\/[^\\/\\0]/)",
                "fastapi.responses.RedirectResponse(0/url: ~input & !/^\\/[^\\/\\0]/)",
                "starlette.responses.RedirectResponse(0/url: ~input & !/^\\/[^\\/\\0]/)",
                "aiohttp.web.HTTPFound(0/location: ~input & !/^\\/[^\\/\\0]/)",
                "@self.redirect(0: ~input & !/^\\/[^\\/\\0]/)",
            ),
            "javascript": (
                "@res.redirect(*: ~input & !/^\\/[^\\/\\0]/)",
                "@response.redirect(*: ~input & !/^\\/[^\\/\\0]/)",
                "@reply.redirect(*: ~input & !/^\\/[^\\/\\0]/)",
                "@ctx.redirect(0: ~input & !/^\\/[^\\/\\0]/)",
                "@h.redirect(0: ~input & !/^\\/[^\\/\\0]/)",
                "location.assign(0: ~input | ~page)",
                "location.replace(0: ~input | ~page)",
                "location.href = ~input & !/^\\/[^\\/\\0]/",
                "location = ~input | ~page",
                "open(0: ~input | ~page)",
            ),
            "rust": (
                "axum.response.Redirect.to(0: ~input & !/^\\/[^\\/\\0]/)",
                "axum.response.Redirect.temporary(0: ~input & !/^\\/[^\\/\\0]/)",
                "rocket.response.Redirect.to(0: ~input & !/^\\/[^\\/\\0]/)",
                "actix_web.web.Redirect.to(0: ~input & !/^\\/[^\\/\\0]/)",
            ),
        },
        bad={
            "python": (
                "from flask import redirect, request\n"
                "def go():\n    return redirect(request.args.get('next'))\n",
            ),
            "javascript": (
                "app.get('/go', (req, res) => { res.redirect(req.query.next); });\n",
            ),
            "rust": (
                "use axum::{extract::Query, response::Redirect};\n"
                "async fn go(Query(q): Query<Next>) -> Redirect { Redirect::to(&q.next) }\n",
            ),
        },
        good={
            "python": (
                "from flask import redirect, request\n"
                "def go():\n    return redirect('/items/' + request.args.get('id'))\n",
            ),
            "javascript": (
                "app.get('/go', (req, res) => { res.redirect('/items/' + req.query.id); });\n",
            ),
            "rust": (
                "use axum::{extract::Query, response::Redirect};\n"
                'async fn go(Query(q): Query<Next>) -> Redirect { Redirect::to("/home") }\n',
            ),
        },
        tainted=LOW,
    ),
)
