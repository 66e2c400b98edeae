// The commands of api: one HTTP request each, and its answer in words.

/** The message is for the person at the keyboard. */
class ApiError extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }
}

/** List the things that have all the labels. */
export async function on_list({ label, limit, json, ...options }) {
  const query = new URLSearchParams([
    ["limit", limit],
    ...label.map((text) => ["label", pair(text)]),
  ]);
  show(await request(options, "GET", `/things?${query}`), json);
}

/** Show one thing. */
export async function on_get({ id, json, ...options }) {
  show(await request(options, "GET", `/things/${id}`), json);
}

/** Make a thing and show it. */
export async function on_create({
  name,
  label,
  quantity,
  kind,
  json,
  ...options
}) {
  const labels = Object.fromEntries(
    label.map((text) => {
      const [key, ...rest] = pair(text).split("=");
      return [key, rest.join("=")];
    }),
  );
  const thing = { name, kind, quantity, labels };
  show(await request(options, "POST", "/things", thing), json);
}

/** Remove the things one after another. */
export async function on_delete({ ids, ignoreMissing, ...options }) {
  for (const id of ids) {
    try {
      await request(options, "DELETE", `/things/${id}`);
      console.log(`Removed thing ${id}.`);
    } catch (error) {
      if (!ignoreMissing || error.status !== 404) throw error;
      console.log(`Thing ${id} is gone already.`);
    }
  }
}

/** Return the text of the answer. */
async function request({ baseUrl, token, timeout }, method, path, body) {
  if (!/^https?:/i.test(baseUrl))
    throw new ApiError(`${baseUrl} is not an HTTP address`);
  if (timeout < 1) throw new ApiError("the timeout is at least one second");
  const headers = { Accept: "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer, text;
  try {
    answer = await fetch(baseUrl.replace(/\/+$/, "") + path, {
      method,
      headers,
      body: JSON.stringify(body),
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

/** Return KEY=VALUE when it is that. */
function pair(text) {
  if (text.indexOf("=") < 1) throw new ApiError(`${text} is not KEY=VALUE`);
  return text;
}

/** Print an answer as it came, or each of its things on a line. */
function show(text, raw) {
  if (raw) {
    console.log(text.replace(/\n+$/, ""));
    return;
  }
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new ApiError("the service did not answer in JSON");
  }
  for (const thing of [answer].flat()) console.log(line(thing));
}

/** Return a thing on one line. */
function line({ id, name, kind, quantity, labels }) {
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
function reason(status, text) {
  try {
    const { error } = JSON.parse(text);
    if (typeof error === "string")
      return `the service answered ${status}: ${error}`;
  } catch {
    // not JSON: the number says it
  }
  return `the service answered ${status}`;
}
