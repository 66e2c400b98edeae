//: bad angular-bypass
import { Component, Input } from '@angular/core';
import { ActivatedRoute } from '@angular/router';
import { DomSanitizer, SafeHtml } from '@angular/platform-browser';

@Component({ selector: 'app-note', template: '<p [innerHTML]="html"></p>' })
export class NoteComponent {
  html: SafeHtml;

  constructor(sanitizer: DomSanitizer, route: ActivatedRoute) {
    this.html = sanitizer.bypassSecurityTrustHtml(route.snapshot.queryParams['note']); //!
  }
}

//: good angular-bypass
import { Component, Input } from '@angular/core';
import { ActivatedRoute } from '@angular/router';

@Component({ selector: 'app-note', template: '<p>{{ text }}</p>' })
export class NoteComponent {
  text: string;

  constructor(route: ActivatedRoute) {
    this.text = route.snapshot.queryParams['note'];
  }
}

//: bad angular-note
import { Component } from '@angular/core';
import { ActivatedRoute } from '@angular/router';
import { DomSanitizer, type SafeHtml } from '@angular/platform-browser';

@Component({ selector: 'app-note', template: '<div [innerHTML]="body"></div>' })
export class NoteComponent {
  body: SafeHtml;

  constructor(route: ActivatedRoute, sanitizer: DomSanitizer) {
    const text = route.snapshot.queryParamMap.get('text') ?? '';
    this.body = sanitizer.bypassSecurityTrustHtml(text); //!
  }
}

//: good angular-note
import { Component, SecurityContext } from '@angular/core';
import { ActivatedRoute } from '@angular/router';
import { DomSanitizer } from '@angular/platform-browser';

@Component({ selector: 'app-note', template: '<div [innerHTML]="body"></div>' })
export class NoteComponent {
  body: string | null;

  constructor(route: ActivatedRoute, sanitizer: DomSanitizer) {
    const text = route.snapshot.queryParamMap.get('text') ?? '';
    this.body = sanitizer.sanitize(SecurityContext.HTML, text);
  }
}

//: bad koa-mail-template
import Koa from 'koa';
import Router from '@koa/router';
import { koaBody } from 'koa-body';
import Handlebars from 'handlebars';

interface Preview {
  template: string;
  values: Record<string, unknown>;
}

const router = new Router();

router.post('/mail/preview', koaBody(), (ctx) => {
  const { template, values } = ctx.request.body as Preview;
  const render = Handlebars.compile(template, { noEscape: true }); //!
  ctx.type = 'text/html';
  ctx.body = render(values);
});

new Koa().use(router.routes()).listen(3000);

//: good koa-mail-template
import Koa from 'koa';
import Router from '@koa/router';
import { koaBody } from 'koa-body';
import Handlebars from 'handlebars';
import { readFileSync } from 'node:fs';

interface Preview {
  template: string;
  values: { name?: string; link?: string };
}

const templates = new Map(
  ['welcome', 'invoice'].map((n) => [n, Handlebars.compile(readFileSync(`templates/${n}.hbs`, 'utf8'), { strict: true })]),
);

const router = new Router();

router.post('/mail/preview', koaBody(), (ctx) => {
  const { template, values } = ctx.request.body as Preview;
  const render = templates.get(template);
  ctx.assert(render, 404, 'no such template');
  ctx.type = 'text/html';
  ctx.body = render!({ name: String(values.name), link: String(values.link) });
});

new Koa().use(router.routes()).listen(3000);
