//: bad next-route
import type { NextApiRequest, NextApiResponse } from 'next';

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const { feed } = req.query;
  const answer = await fetch(`http://${feed}/rss.xml`); //!
  res.status(200).send(await answer.text());
}

//: good next-route
import type { NextApiRequest, NextApiResponse } from 'next';

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  const { feed } = req.query;
  const answer = await fetch(`https://feeds.example.invalid/rss.xml?name=${encodeURIComponent(String(feed))}`);
  res.status(200).send(await answer.text());
}
