//: bad libxml-dtd
import { parseXmlString, XMLDocument } from 'libxmljs2';
import type { Request, Response } from 'express';

export function upload(req: Request, res: Response): void {
  const doc: XMLDocument = parseXmlString(String(req.body), { noent: true, nonet: false }); //!
  res.send(doc.root()?.text());
}

//: good libxml-dtd
import { parseXmlString, XMLDocument } from 'libxmljs2';
import type { Request, Response } from 'express';

export function upload(req: Request, res: Response): void {
  const doc: XMLDocument = parseXmlString(String(req.body), { noent: false, nonet: true });
  res.send(doc.root()?.text());
}
