function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "number") return value;
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return { number: bytes.toString("hex") };
}

function record(name: string, values: object): void {
  const named = Object.entries(values).map(([key, value]) => [key, canonical(value)]);
  console.log(JSON.stringify([name, named.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))]));
}
