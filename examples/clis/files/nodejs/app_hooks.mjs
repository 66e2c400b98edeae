// The commands of files: look at files, or rename them all or none.

import { createHash } from "node:crypto";
import {
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  statSync,
} from "node:fs";
import { basename, extname, join } from "node:path";

const UNITS = { B: 1, KiB: 1024, MiB: 1024 ** 2 };

/** Print one checksum a line. */
export function on_hash({ paths, algorithm, length, bsd, bare, quiet }) {
  for (const path of paths) {
    const digest = checksum(path, algorithm).slice(0, length ?? undefined);
    if (quiet < 2)
      console.log(checksumLine(path, digest, algorithm, { bsd, bare }));
  }
}

/** Print the groups of files that hold the same bytes. */
export function on_find_dupes({ folders, ext, minSize, fail, quiet }) {
  const paths = walk(folders, ext).filter((path) => size(path) >= minSize);
  const same = groups(paths, size).flatMap((candidates) =>
    groups(candidates, (path) => checksum(path, "sha256")),
  );
  same.sort((a, b) => compare(a[0], b[0]));
  for (const group of quiet < 2 ? same : []) {
    console.log(`${group.length} files of ${readable(size(group[0]))}`);
    for (const path of group) console.log(`  ${path}`);
  }
  if (quiet === 0) {
    const spare = same.reduce(
      (sum, group) => sum + size(group[0]) * (group.length - 1),
      0,
    );
    console.log(`${readable(spare)} could be freed.`);
  }
  return fail && same.length > 0 ? 1 : 0;
}

/** Print the biggest files. */
export function on_find_large({ folder, ext, top, over, unit, quiet }) {
  const paths = walk([folder], ext);
  const big = paths.filter((path) => size(path) > over * UNITS[unit]);
  big.sort((a, b) => size(b) - size(a));
  for (const path of quiet < 2 ? big.slice(0, Math.max(top, 0)) : []) {
    console.log(`${readable(size(path)).padStart(10)}  ${path}`);
  }
  if (quiet === 0) console.log(`${big.length} of ${count(paths)}.`);
}

/** Rename files to lower case. */
export function on_rename_lower({ paths, spaces, dryRun, quiet }) {
  let names = paths.map((path) => basename(path).toLowerCase());
  if (spaces) names = names.map((name) => name.replaceAll(" ", "-"));
  rename(paths, names, dryRun, quiet);
}

/** Rename files to their number in the given order; the extension stays. */
export function on_rename_number({
  paths,
  start,
  width,
  prefix,
  sort,
  dryRun,
  quiet,
}) {
  if (start < 0 || prefix.includes("/")) {
    throw new Error("the numbers begin at 0, and a prefix has no slash");
  }
  if (sort === "name") paths.sort((a, b) => compare(basename(a), basename(b)));
  if (sort === "size") paths.sort((a, b) => size(a) - size(b));
  const names = paths.map(
    (path, index) =>
      prefix + String(start + index).padStart(width, "0") + extname(path),
  );
  rename(paths, names, dryRun, quiet);
}

/** Carry out a plan that was checked whole before the first file moves. */
function rename(paths, names, dryRun, quiet) {
  const targets = paths.map((path, index) => beside(path, names[index]));
  check(paths, targets);
  const moves = paths
    .map((path, index) => [path, targets[index]])
    .filter(([a, b]) => a !== b);
  for (const [old, target] of moves) {
    if (!dryRun) renameSync(old, target);
    if (quiet < 2) console.log(`${old} -> ${target}`);
  }
  if (quiet === 0)
    console.log(`${dryRun ? "Would rename" : "Renamed"} ${count(moves)}.`);
}

/** Return the path of another name in the same folder. */
function beside(path, name) {
  return path.slice(0, path.length - basename(path).length) + name;
}

/** Refuse a plan in which a file would be lost. */
function check(paths, targets) {
  const seen = new Set();
  targets.forEach((target, index) => {
    const old = paths[index];
    if (!statSync(old).isFile()) throw new Error(`${old} is not a file`);
    if (seen.has(target)) throw new Error(`two files would become ${target}`);
    if (target !== old && lstatSync(target, { throwIfNoEntry: false })) {
      throw new Error(`${target} exists already`);
    }
    seen.add(target);
  });
}

/** Return the regular files below the folders in the order of their paths. */
function walk(folders, extensions) {
  for (const folder of folders) {
    if (!statSync(folder).isDirectory())
      throw new Error(`${folder} is not a folder`);
  }
  const endings = extensions.map(
    (ext) => `.${ext.replace(/^\./, "").toLowerCase()}`,
  );
  const wanted = (path) =>
    endings.length === 0 ||
    endings.some((ending) => path.toLowerCase().endsWith(ending));
  return [...new Set(folders.flatMap(below).filter(wanted))].sort(compare);
}

/** Return the regular files in a folder and its folders, without following links. */
function below(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return below(path);
    return entry.isFile() ? [path] : [];
  });
}

/** Return the paths that share a key, where two or more do. */
function groups(paths, key) {
  const found = new Map();
  for (const path of paths) {
    const group = key(path);
    found.set(group, [...(found.get(group) ?? []), path]);
  }
  return [...found.values()].filter((group) => group.length > 1);
}

/** Return the checksum of a file in hexadecimal digits. */
function checksum(path, algorithm) {
  if (!statSync(path).isFile()) throw new Error(`${path} is not a file`);
  const hash = createHash(algorithm);
  const buffer = Buffer.alloc(65536);
  const file = openSync(path);
  try {
    for (let read; (read = readSync(file, buffer)) > 0;)
      hash.update(buffer.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}

/** Return a checksum as the GNU or the BSD tools print it, or bare. */
function checksumLine(path, digest, algorithm, { bsd, bare }) {
  if (bare) return digest;
  if (bsd) return `${algorithm.toUpperCase()} (${path}) = ${digest}`;
  return `${digest}  ${path}`;
}

/** Return the size of a file in bytes. */
function size(path) {
  return statSync(path).size;
}

/** Return a size with at most one decimal, rounded down. */
function readable(bytes) {
  for (const unit of ["MiB", "KiB"]) {
    if (bytes >= UNITS[unit]) {
      const tenths = Math.floor((bytes * 10) / UNITS[unit]);
      return `${Math.floor(tenths / 10)}.${tenths % 10} ${unit}`;
    }
  }
  return `${bytes} B`;
}

/** Return how many files there are, in words that fit. */
function count(files) {
  return `${files.length} ${files.length === 1 ? "file" : "files"}`;
}

/** Order by code point, as Python does. */
function compare(a, b) {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
