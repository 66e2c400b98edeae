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
