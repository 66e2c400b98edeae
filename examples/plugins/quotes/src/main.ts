// Quotes from a server: the network, and a progress bar.

import { request, type RequestOptions } from "node:http";
import { progress, run } from "@goobits/plugin";

run({
  /** Fetch quotes, one after the other. */
  async on_quote({ count, host }: { count: number; host: string }) {
    const bar = progress("Fetching quotes", count);
    for (let number = 0; number < count; number += 1) {
      const quote = await fetched(`http://${host}/quotes/${number}`);
      bar.advance();
      console.log(quote.trimEnd());
    }
    bar.end();
  },
});

/** Get a text through the proxy of the sandbox, which alone reaches the network. */
function fetched(url: string): Promise<string> {
  const { host } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = request(proxied(url), (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => (text += part));
      answer.on("end", () =>
        answer.statusCode === 200
          ? resolve(text)
          : reject(new Error(`${host} answered ${answer.statusCode}`)),
      );
    });
    asked.on("error", reject);
    asked.end();
  });
}

/** Return how a URL is asked for: Node 24 finds the proxy by itself, older ones do not. */
function proxied(url: string): RequestOptions {
  const { host, hostname, pathname, port } = new URL(url);
  if (process.allowedNodeEnvironmentFlags.has("--use-env-proxy")) {
    return { hostname, port, path: pathname };
  }
  const proxy = new URL(process.env.http_proxy ?? "http://127.0.0.1:3128");
  const { hostname: name, port: number } = proxy;
  return { hostname: name, port: number, path: url, headers: { host } };
}
