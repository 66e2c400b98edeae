//: bad react-preview as preview.tsx
import { useSearchParams } from 'react-router-dom';

export function Preview(): JSX.Element {
  const [params] = useSearchParams();
  const html: string = params.get('html') ?? '';
  return <section dangerouslySetInnerHTML={{ __html: html }} />; //!
}

//: good react-preview as preview.tsx
import { useSearchParams } from 'react-router-dom';
import DOMPurify from 'dompurify';

export function Preview(): JSX.Element {
  const [params] = useSearchParams();
  const html: string = DOMPurify.sanitize(params.get('html') ?? '');
  return <section dangerouslySetInnerHTML={{ __html: html }} />;
}

//: bad outer-html
export class Toast {
  constructor(private readonly root: HTMLElement) {}

  show(event: MessageEvent<{ text: string }>): void {
    const element = document.createElement('div');
    this.root.append(element);
    element.outerHTML = `<div class="toast">${event.data.text}</div>`; //!
  }
}

//: good outer-html
export class Toast {
  constructor(private readonly root: HTMLElement) {}

  show(event: MessageEvent<{ text: string }>): void {
    const element = document.createElement('div');
    element.className = 'toast';
    element.textContent = event.data.text;
    this.root.append(element);
  }
}

//: bad react-html as comment.tsx
import { useSearchParams } from 'react-router-dom';

export function Comment(): JSX.Element {
  const [params] = useSearchParams();
  const html = params.get('draft') ?? '';
  return <article dangerouslySetInnerHTML={{ __html: html }} />; //!
}

//: good react-html as comment.tsx
import DOMPurify from 'dompurify';
import { useSearchParams } from 'react-router-dom';

export function Comment(): JSX.Element {
  const [params] = useSearchParams();
  const html = DOMPurify.sanitize(params.get('draft') ?? '');
  return <article dangerouslySetInnerHTML={{ __html: html }} />;
}

//: bad react-comment-html as Comment.tsx
import { useEffect, useState } from 'react';
import { useParams } from 'react-router-dom';
import { marked } from 'marked';

interface CommentData {
  author: string;
  body: string;
}

export function Comment() {
  const { id } = useParams<{ id: string }>();
  const [comment, setComment] = useState<CommentData>();

  useEffect(() => {
    fetch(`/api/comments/${id}`).then((r) => r.json()).then(setComment);
  }, [id]);

  if (!comment) return <p>Loading</p>;
  const html = marked.parse(comment.body) as string;
  return (
    <article>
      <h3>{comment.author}</h3>
      <div
        className="body"
        dangerouslySetInnerHTML={{ __html: html }} //!
      />
    </article>
  );
}

//: good react-comment-html as Comment.tsx
import { useEffect, useMemo, useState } from 'react';
import { useParams } from 'react-router-dom';
import { marked } from 'marked';
import DOMPurify from 'dompurify';

interface CommentData {
  author: string;
  body: string;
}

export function Comment() {
  const { id } = useParams<{ id: string }>();
  const [comment, setComment] = useState<CommentData>();

  useEffect(() => {
    fetch(`/api/comments/${id}`).then((r) => r.json()).then(setComment);
  }, [id]);

  const html = useMemo(() => DOMPurify.sanitize(marked.parse(comment?.body ?? '') as string), [comment]);
  if (!comment) return <p>Loading</p>;
  return (
    <article>
      <h3>{comment.author}</h3>
      <div dangerouslySetInnerHTML={{ __html: html }} />
    </article>
  );
}

//: bad angular-banner-trust
import { Component, inject, OnInit } from '@angular/core';
import { ActivatedRoute } from '@angular/router';
import { DomSanitizer, SafeHtml } from '@angular/platform-browser';

@Component({
  selector: 'app-banner',
  standalone: true,
  template: `<div class="banner" [innerHTML]="message"></div>`,
})
export class BannerComponent implements OnInit {
  private readonly route = inject(ActivatedRoute);
  private readonly sanitizer = inject(DomSanitizer);
  message: SafeHtml = '';

  ngOnInit(): void {
    this.route.queryParamMap.subscribe((params) => {
      this.message = this.sanitizer.bypassSecurityTrustHtml(params.get('msg') ?? ''); //!
    });
  }
}

//: good angular-banner-trust
import { Component, inject, OnInit, SecurityContext } from '@angular/core';
import { ActivatedRoute } from '@angular/router';
import { DomSanitizer } from '@angular/platform-browser';

@Component({
  selector: 'app-banner',
  standalone: true,
  template: `<div class="banner">{{ message }}</div>`,
})
export class BannerComponent implements OnInit {
  private readonly route = inject(ActivatedRoute);
  private readonly sanitizer = inject(DomSanitizer);
  message = '';

  ngOnInit(): void {
    this.route.queryParamMap.subscribe((params) => {
      this.message = this.sanitizer.sanitize(SecurityContext.HTML, params.get('msg')) ?? '';
    });
  }
}

//: bad express-search-page
import express, { Request, Response } from 'express';
import { search } from './search';

const app = express();

const page = (title: string, body: string) =>
  `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`;

app.get('/search', async (req: Request, res: Response) => {
  const q = String(req.query.q ?? '');
  const hits = await search(q);
  const list = hits.map((h) => `<li><a href="/doc/${h.id}">${h.id}</a></li>`).join('');
  res.type('html').send(page('Search', `<h1>Results for ${q}</h1><ul>${list}</ul>`)); //!
});

app.listen(3000);

//: good express-search-page
import express, { Request, Response } from 'express';
import escapeHtml from 'escape-html';
import { search } from './search';

const app = express();

const page = (title: string, body: string) =>
  `<!doctype html><html><head><title>${title}</title></head><body>${body}</body></html>`;

app.get('/search', async (req: Request, res: Response) => {
  const q = String(req.query.q ?? '');
  const hits = await search(q);
  const list = hits.map((h) => `<li><a href="/doc/${encodeURIComponent(h.id)}">${escapeHtml(h.id)}</a></li>`).join('');
  res.type('html').send(page('Search', `<h1>Results for ${escapeHtml(q)}</h1><ul>${list}</ul>`));
});

app.listen(3000);
