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
