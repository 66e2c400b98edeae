//: bad staff-directory-xpath
import { Hono } from 'hono';
import { DOMParser } from '@xmldom/xmldom';
import xpath from 'xpath';
import { readFileSync } from 'node:fs';

const staff = new DOMParser().parseFromString(readFileSync('staff.xml', 'utf8'), 'text/xml');
const app = new Hono();

app.post('/login', async (c) => {
  const { user, pin } = await c.req.json<{ user: string; pin: string }>();
  const query = `//employee[login/text()='${user}' and pin/text()='${pin}']/@id`;
  const ids = xpath.select(query, staff as unknown as Node) as Attr[]; //!
  return ids.length ? c.json({ id: ids[0].value }) : c.body(null, 401);
});

export default app;

//: good staff-directory-xpath
import { Hono } from 'hono';
import { DOMParser } from '@xmldom/xmldom';
import xpath from 'xpath';
import { readFileSync } from 'node:fs';

const staff = new DOMParser().parseFromString(readFileSync('staff.xml', 'utf8'), 'text/xml');
const byLogin = xpath.parse('//employee[login/text()=$user]/@phone');
const app = new Hono();

app.post('/phone', async (c) => {
  const { user } = await c.req.json<{ user: string }>();
  const phones = byLogin.select({
    node: staff as unknown as Node,
    variables: { user: String(user) },
  }) as Attr[];
  return phones.length ? c.json({ phone: phones[0].value }) : c.body(null, 404);
});

export default app;
