//: bad saxon-entities
import { parseXml } from 'libxmljs2';

export async function handler(event) {
  const options = { noent: true };
  const tree = parseXml(event.body, options); //!
  return { statusCode: 200, body: tree.root().name() };
}

//: good saxon-entities
import { parseXml } from 'libxmljs2';

export async function handler(event) {
  const options = { noblanks: true };
  const tree = parseXml(event.body, options);
  return { statusCode: 200, body: tree.root().name() };
}
