// The commands of api: one HTTP request each, and its answer in words.

import type * as cli from "./cli_types.js";

/** One thing as the service describes it. */
interface Thing {
  id: number;
  name: string;
  kind: string;
  quantity: number;
  labels: Record<string, string>;
}

/** Where the service is and how to talk to it; every command has these options. */
type Service = Pick<cli.List, "baseUrl" | "token" | "timeout">;

/** The message is for the person at the keyboard. */
class ApiError extends Error {
  constructor(
    message: string,
    readonly status = 0,
  ) {
    super(message);
  }
}

/** List the things that have all the labels. */
export async function on_list({ label, limit, json, ...service }: cli.List) {
  const query = new URLSearchParams({ limit: String(limit) });
  for (const text of label) query.append("label", pair(text).join("="));
  show(await request(service, "GET", `/things?${query}`), json);
}

/** Show one thing. */
export async function on_get({ id, json, ...service }: cli.Get) {
  show(await request(service, "GET", `/things/${id}`), json);
}

/** Make a thing and show it. */
export async function on_create(args: cli.Create) {
  const { name, label, quantity, kind } = args;
  const labels = Object.fromEntries(label.map(pair));
  const thing: Omit<Thing, "id"> = { name, kind, quantity, labels };
  show(await request(args, "POST", "/things", thing), args.json);
}

/** Remove the things one after another. */
export async function on_delete(args: cli.Delete) {
  for (const id of args.ids) {
    try {
      await request(args, "DELETE", `/things/${id}`);
      console.log(`Removed thing ${id}.`);
    } catch (error) {
      const gone = error instanceof ApiError && error.status === 404;
      if (!(gone && args.ignoreMissing)) throw error;
      console.log(`Thing ${id} is gone already.`);
    }
  }
}

/** Return the text of the answer. */
async function request(
  { baseUrl, token, timeout }: Service,
  method: string,
  path: string,
  body?: object,
): Promise<string> {
  if (!/^https?:/i.test(baseUrl))
    throw new ApiError(`${baseUrl} is not an HTTP address`);
  if (timeout < 1) throw new ApiError("the timeout is at least one second");
  const headers: Record<string, string> = { Accept: "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  let answer: Response, text: string;
  try {
    answer = await fetch(baseUrl.replace(/\/+$/, "") + path, {
      method,
      headers,
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(timeout * 1000),
    });
    text = await answer.text();
  } catch {
    throw new ApiError(`no answer from ${baseUrl}`);
  }
  if (!answer.ok)
    throw new ApiError(reason(answer.status, text), answer.status);
  return text;
}

/** Return the halves of KEY=VALUE. */
function pair(text: string): [string, string] {
  const at = text.indexOf("=");
  if (at < 1) throw new ApiError(`${text} is not KEY=VALUE`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Print an answer as it came, or each of its things on a line. */
function show(text: string, raw: boolean): void {
  if (raw) {
    console.log(text.replace(/\n+$/, ""));
    return;
  }
  let answer: Thing | Thing[];
  try {
    answer = JSON.parse(text) as Thing | Thing[];
  } catch {
    throw new ApiError("the service did not answer in JSON");
  }
  for (const thing of [answer].flat()) console.log(line(thing));
}

/** Return a thing on one line. */
function line({ id, name, kind, quantity, labels }: Thing): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return [
    String(id).padStart(4),
    `${quantity} x`,
    name,
    `(${kind})`,
    ...pairs,
  ].join(" ");
}

/** Return what the service says is wrong, or the number of its answer. */
function reason(status: number, text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    if (typeof error === "string")
      return `the service answered ${status}: ${error}`;
  } catch {
    // not JSON: the number says it
  }
  return `the service answered ${status}`;
}
