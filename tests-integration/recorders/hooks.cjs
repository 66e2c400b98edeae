"use strict";
// Hooks that print what they were called with, in one form for every language.

function canonical(value) {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "number") return value;
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return { number: bytes.toString("hex") };
}

function hook(name) {
  if (typeof name !== "string" || !name.startsWith("on_")) return undefined;
  return (values) => {
    const named = Object.keys(values).map((key) => [key, canonical(values[key])]);
    console.log(JSON.stringify([name, named.sort((a, b) => (a[0] < b[0] ? -1 : 1))]));
  };
}

module.exports = new Proxy({}, { get: (target, name) => hook(name) });
