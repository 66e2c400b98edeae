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

import type * as cli from "./cli_types.js";

/** One file that a search met. */
interface Found {
  path: string;
  size: number;
}

/** One file and its path after a rename. */
interface Move {
  old: string;
  target: string;
}

const UNITS: Record<cli.FindLarge["unit"], number> = {
  B: 1,
  KiB: 1024,
  MiB: 1024 ** 2,
};

/** Print one checksum a line. */
export function on_hash(args: cli.Hash) {
  for (const path of args.paths) {
    const digest = checksum(path, args.algorithm);
    const shown = digest.slice(0, args.length ?? undefined);
    if (args.quiet < 2) console.log(checksumLine(path, shown, args));
  }
}

/** Print the groups of files that hold the same bytes. */
export function on_find_dupes(args: cli.FindDupes): number {
  const files = walk(args.folders, args.ext);
  const wanted = files.filter(({ size }) => size >= args.minSize);
  const same = groups(wanted, ({ size }) => size)
    .flatMap((files) => groups(files, ({ path }) => checksum(path, "sha256")))
    .map((files) => ({ files, ...files[0] }))
    .sort((a, b) => compare(a.path, b.path));
  for (const { files, size } of args.quiet < 2 ? same : []) {
    console.log(`${files.length} files of ${readable(size)}`);
    for (const { path } of files) console.log(`  ${path}`);
  }
  if (args.quiet === 0) {
    const spare = same.reduce(
      (sum, { files, size }) => sum + size * (files.length - 1),
      0,
    );
    console.log(`${readable(spare)} could be freed.`);
  }
  return args.fail && same.length > 0 ? 1 : 0;
}

/** Print the biggest files. */
export function on_find_large(args: cli.FindLarge) {
  const files = walk([args.folder], args.ext);
  const limit = args.over * UNITS[args.unit];
  const big = files.filter(({ size }) => size > limit);
  big.sort((a, b) => b.size - a.size);
  const shown = args.quiet < 2 ? big.slice(0, Math.max(args.top, 0)) : [];
  for (const { path, size } of shown)
    console.log(`${readable(size).padStart(10)}  ${path}`);
  if (args.quiet === 0)
    console.log(`${big.length} of ${counted(files.length)}.`);
}

/** Rename files to lower case. */
export function on_rename_lower(args: cli.RenameLower) {
  const moves = args.paths.map((old) => {
    const name = basename(old).toLowerCase();
    return move(old, args.spaces ? name.replaceAll(" ", "-") : name);
  });
  rename(moves, args);
}

/** Rename files to their number in the given order; the extension stays. */
export function on_rename_number(args: cli.RenameNumber) {
  const { paths, start, width, prefix, sort } = args;
  if (start < 0 || prefix.includes("/"))
    throw new Error("the numbers begin at 0, and a prefix has no slash");
  if (sort === "name") paths.sort((a, b) => compare(basename(a), basename(b)));
  if (sort === "size")
    paths.sort((a, b) => statSync(a).size - statSync(b).size);
  const moves = paths.map((old, index) => {
    const number = String(start + index).padStart(width, "0");
    return move(old, prefix + number + extname(old));
  });
  rename(moves, args);
}

/** Return the move of a file to another name in its folder. */
function move(old: string, name: string): Move {
  const folder = old.slice(0, old.length - basename(old).length);
  return { old, target: folder + name };
}

/** Carry out a plan that was checked whole before the first file moves. */
function rename(
  plan: Move[],
  { dryRun, quiet }: Pick<cli.RenameLower, "dryRun" | "quiet">,
): void {
  check(plan);
  const moves = plan.filter(({ old, target }) => old !== target);
  for (const { old, target } of moves) {
    if (!dryRun) renameSync(old, target);
    if (quiet < 2) console.log(`${old} -> ${target}`);
  }
  if (quiet === 0) {
    const done = dryRun ? "Would rename" : "Renamed";
    console.log(`${done} ${counted(moves.length)}.`);
  }
}

/** Refuse a plan in which a file would be lost. */
function check(plan: Move[]): void {
  const seen = new Set<string>();
  for (const { old, target } of plan) {
    if (!statSync(old).isFile()) throw new Error(`${old} is not a file`);
    if (seen.has(target)) throw new Error(`two files would become ${target}`);
    if (target !== old && lstatSync(target, { throwIfNoEntry: false }))
      throw new Error(`${target} exists already`);
    seen.add(target);
  }
}

/** Return the regular files below the folders in the order of their paths. */
function walk(folders: string[], extensions: string[]): Found[] {
  for (const folder of folders) {
    if (!statSync(folder).isDirectory())
      throw new Error(`${folder} is not a folder`);
  }
  const endings = extensions.map(
    (ext) => `.${ext.replace(/^\./, "").toLowerCase()}`,
  );
  const wanted = (path: string) =>
    endings.length === 0 ||
    endings.some((ending) => path.toLowerCase().endsWith(ending));
  return [...new Set(folders.flatMap(below).filter(wanted))]
    .sort(compare)
    .map((path) => ({ path, size: statSync(path).size }));
}

/** Return the regular files in a folder and its folders, without following links. */
function below(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return below(path);
    return entry.isFile() ? [path] : [];
  });
}

/** Return the files that share a key, where two or more do. */
function groups(
  files: Found[],
  key: (file: Found) => string | number,
): [Found, ...Found[]][] {
  const found = new Map<string | number, [Found, ...Found[]]>();
  for (const file of files) {
    const shared = key(file);
    const group = found.get(shared);
    if (group) group.push(file);
    else found.set(shared, [file]);
  }
  return [...found.values()].filter((group) => group.length > 1);
}

/** Return the checksum of a file in hexadecimal digits. */
function checksum(path: string, algorithm: cli.Hash["algorithm"]): string {
  if (!statSync(path).isFile()) throw new Error(`${path} is not a file`);
  const hash = createHash(algorithm);
  const buffer = Buffer.alloc(65536);
  const file = openSync(path, "r");
  try {
    for (let read; (read = readSync(file, buffer)) > 0;)
      hash.update(buffer.subarray(0, read));
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}

/** Return a checksum as the GNU or the BSD tools print it, or bare. */
function checksumLine(
  path: string,
  digest: string,
  { algorithm, bsd, bare }: cli.Hash,
): string {
  if (bare) return digest;
  if (bsd) return `${algorithm.toUpperCase()} (${path}) = ${digest}`;
  return `${digest}  ${path}`;
}

/** Return a size with at most one decimal, rounded down. */
function readable(bytes: number): string {
  for (const unit of ["MiB", "KiB"] as const) {
    if (bytes >= UNITS[unit]) {
      const tenths = Math.floor((bytes * 10) / UNITS[unit]);
      return `${Math.floor(tenths / 10)}.${tenths % 10} ${unit}`;
    }
  }
  return `${bytes} B`;
}

/** Return how many files there are, in words that fit. */
function counted(files: number): string {
  return `${files} ${files === 1 ? "file" : "files"}`;
}

/** Order by code point, as the other languages do. */
function compare(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
