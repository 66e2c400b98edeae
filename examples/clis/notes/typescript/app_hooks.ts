// The commands of notes: each hook reads the store, answers, and writes it back.

import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";

import type * as cli from "./cli_types.js";

/** One note as it stands in the file. */
interface Note {
  id: number;
  text: string;
  tags: string[];
  pinned: boolean;
  created: string;
}

/** Append a note and print its number. */
export function on_add({ text, tag, pin, dir }: cli.Add) {
  const notes = load(dir);
  const note: Note = {
    id: notes.reduce((highest, { id }) => Math.max(highest, id), 0) + 1,
    text: text.join(" "),
    tags: [...new Set(tag)],
    pinned: pin,
    created: `${new Date().toISOString().slice(0, 19)}Z`,
  };
  save(dir, [...notes, note]);
  console.log(`Added note ${note.id}.`);
}

/** Print the notes, pinned ones first. */
export function on_list({ tag, sort, limit, long, dir }: cli.List) {
  if (limit !== null && limit < 0)
    throw new Error("the limit cannot be negative");
  const notes = load(dir).filter(
    ({ tags }) => tag === null || tags.includes(tag),
  );
  if (sort === "text") notes.sort((a, b) => compare(a.text, b.text));
  notes.sort((a, b) => Number(b.pinned) - Number(a.pinned));
  for (const note of notes.slice(0, limit ?? notes.length))
    console.log(line(note, long));
}

/** Print the notes that hold the words; 1 when there is none. */
export function on_search({ words, any, in: where, dir }: cli.Search): number {
  const found = load(dir).filter((note) => matches(note, words, any, where));
  for (const note of found) console.log(line(note, 1));
  return found.length > 0 ? 0 : 1;
}

/** Print everything known of one note. */
export function on_show({ id, dir }: cli.Show) {
  const { text, tags, created } = find(load(dir), id);
  console.log(text);
  console.log(`tags: ${tags.join(", ") || "none"}`);
  console.log(`created: ${created}`);
}

/** Change the tags of one note. */
export function on_tag({ id, tags, remove, dir }: cli.Tag) {
  const notes = load(dir);
  const note = find(notes, id);
  const kept = note.tags.filter((tag) => !tags.includes(tag));
  note.tags = remove ? kept : [...new Set([...note.tags, ...tags])];
  save(dir, notes);
  console.log(line(note, 1));
}

/** Remove all the given notes, or none when one does not exist. */
export function on_remove({ ids, dir }: cli.Remove | cli.Delete) {
  const notes = load(dir);
  const gone = new Set(ids.map((id) => find(notes, id).id));
  save(
    dir,
    notes.filter(({ id }) => !gone.has(id)),
  );
  console.log(`Removed ${gone.size} ${gone.size === 1 ? "note" : "notes"}.`);
}

export const on_delete = on_remove;

/** Write all notes in one of three formats. */
export function on_export({ format, output, force, dir }: cli.Export) {
  const text = FORMATS[format](load(dir));
  if (output === null) {
    process.stdout.write(text);
    return;
  }
  if (existsSync(output) && !force)
    throw new Error(`${output} exists; --force replaces it`);
  replace(output, text);
}

/** Return a note on one line: with tags from 1 on, with its time from 2 on. */
function line(
  { id, text, tags, pinned, created }: Note,
  detail: number,
): string {
  const parts = [`${String(id).padStart(3)}${pinned ? "*" : " "} ${text}`];
  if (detail > 0) parts.push(...tags.map((tag) => `#${tag}`));
  if (detail > 1) parts.push(`(${created})`);
  return parts.join(" ");
}

/** Say whether the words stand in the text, the tags or either. */
function matches(
  { text, tags }: Note,
  words: string[],
  anyWord: boolean,
  where: cli.Search["in"],
): boolean {
  const places = { text: [text], tags, all: [text, ...tags] };
  const texts = places[where].map((place) => place.toLowerCase());
  const hits = words.map((word) =>
    texts.some((place) => place.includes(word.toLowerCase())),
  );
  return anyWord ? hits.some(Boolean) : hits.every(Boolean);
}

/** Order by code point, as the other languages do. */
function compare(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Return the note with that number. */
function find(notes: Note[], number: number): Note {
  const note = notes.find(({ id }) => id === number);
  if (note === undefined) throw new Error(`no note ${number}`);
  return note;
}

/** Return the file that holds the notes. */
function store(folder: string | null): string {
  if (folder !== null) return join(folder, "notes.json");
  const data = process.env.XDG_DATA_HOME || join(homedir(), ".local/share");
  return join(data, "notes/notes.json");
}

/** Read the notes; there are none before the first was written. */
function load(folder: string | null): Note[] {
  const path = store(folder);
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Note[];
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new Error(`${path} does not hold notes`);
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return [];
    throw error;
  }
}

/** Write the notes in one step, so that a crash leaves the old ones. */
function save(folder: string | null, notes: Note[]): void {
  const path = store(folder);
  mkdirSync(dirname(path), { recursive: true });
  replace(path, asJson(notes));
}

/** Write a file beside `path` and move it there. */
function replace(path: string, text: string): void {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}`);
  try {
    writeFileSync(draft, text);
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Return one note a line. */
function asText(notes: Note[]): string {
  return notes.map(({ text }) => `${text}\n`).join("");
}

/** Return a list with the tags as code. */
function asMarkdown(notes: Note[]): string {
  const rows = notes.map(({ text, tags }) =>
    [text, ...tags.map((tag) => `\`${tag}\``)].join(" "),
  );
  return `# Notes\n\n${rows.map((row) => `- ${row}\n`).join("")}`;
}

/** Return the form in which the notes are stored. */
function asJson(notes: Note[]): string {
  return `${JSON.stringify(notes, null, 2)}\n`;
}

const FORMATS: Record<cli.Export["format"], (notes: Note[]) => string> = {
  text: asText,
  markdown: asMarkdown,
  json: asJson,
};
