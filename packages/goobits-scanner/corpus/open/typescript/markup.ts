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
