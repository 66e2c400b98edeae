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

//: bad invoice-upload-entities
import express, { type Request, type Response } from 'express';
import multer from 'multer';
import * as libxmljs from 'libxmljs2';

const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: 1_000_000 } });
const app = express();

app.post('/invoices', upload.single('xml'), (req: Request, res: Response) => {
  if (!req.file) {
    res.sendStatus(400);
    return;
  }
  const doc = libxmljs.parseXml(req.file.buffer.toString('utf8'), { noent: true, dtdload: true }); //!
  const total = doc.get<libxmljs.Element>('//cbc:PayableAmount', { cbc: 'urn:cbc' });
  res.json({ total: total?.text() });
});

app.listen(3000);

//: good invoice-upload-entities
import express, { type Request, type Response } from 'express';
import multer from 'multer';
import * as libxmljs from 'libxmljs2';

const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: 1_000_000 } });
const app = express();

app.post('/invoices', upload.single('xml'), (req: Request, res: Response) => {
  if (!req.file) {
    res.sendStatus(400);
    return;
  }
  const doc = libxmljs.parseXml(req.file.buffer.toString('utf8'), { noent: false, dtdload: false, nonet: true });
  const total = doc.get<libxmljs.Element>('//cbc:PayableAmount', { cbc: 'urn:cbc' });
  res.json({ total: total?.text() });
});

app.listen(3000);
