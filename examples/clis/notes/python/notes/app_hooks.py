"""The commands of notes: each hook reads the store, answers, and writes it back."""

import json
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict


class Note(TypedDict):
    """One note as it stands in the file."""

    id: int
    text: str
    tags: list[str]
    pinned: bool
    created: str


class NotesError(Exception):
    """The message is for the person at the keyboard."""


def on_add(
    *, text: list[str], tag: list[str], pin: bool, dir: str | None, **_: object
) -> None:
    """Append a note and print its number."""
    notes = load(dir)
    note = Note(
        id=max((note["id"] for note in notes), default=0) + 1,
        text=" ".join(text),
        tags=list(dict.fromkeys(tag)),
        pinned=pin,
        created=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    save(dir, [*notes, note])
    print(f"Added note {note['id']}.")


def on_list(
    *,
    tag: str | None,
    sort: str,
    limit: int | None,
    long: int,
    dir: str | None,
    **_: object,
) -> None:
    """Print the notes, pinned ones first."""
    if limit is not None and limit < 0:
        raise NotesError("the limit cannot be negative")
    notes = [note for note in load(dir) if tag is None or tag in note["tags"]]
    if sort == "text":
        notes.sort(key=lambda note: note["text"])
    notes.sort(key=lambda note: not note["pinned"])
    for note in notes[:limit]:
        print(line(note, long))


def on_search(
    *, words: list[str], any: bool, in_: str, dir: str | None, **_: object
) -> int:
    """Print the notes that hold the words; 1 when there is none."""
    found = [note for note in load(dir) if matches(note, words, any, in_)]
    for note in found:
        print(line(note, 1))
    return 0 if found else 1


def on_show(*, id: int, dir: str | None, **_: object) -> None:
    """Print everything known of one note."""
    note = find(load(dir), id)
    print(note["text"])
    print(f"tags: {', '.join(note['tags']) or 'none'}")
    print(f"created: {note['created']}")


def on_tag(
    *, id: int, tags: list[str], remove: bool, dir: str | None, **_: object
) -> None:
    """Change the tags of one note."""
    notes = load(dir)
    note = find(notes, id)
    kept = [tag for tag in note["tags"] if tag not in tags]
    note["tags"] = kept if remove else list(dict.fromkeys([*note["tags"], *tags]))
    save(dir, notes)
    print(line(note, 1))


def on_remove(*, ids: list[int], dir: str | None, **_: object) -> None:
    """Remove all the given notes, or none when one does not exist."""
    notes = load(dir)
    gone = {find(notes, id)["id"] for id in ids}
    save(dir, [note for note in notes if note["id"] not in gone])
    print(f"Removed {len(gone)} {'note' if len(gone) == 1 else 'notes'}.")


on_delete = on_remove


def on_export(
    *,
    format: str,
    output: str | None,
    force: bool,
    dir: str | None,
    **_: object,
) -> None:
    """Write all notes in one of three formats."""
    text = FORMATS[format](load(dir))
    if output is None:
        print(text, end="")
        return
    if os.path.exists(output) and not force:
        raise NotesError(f"{output} exists; --force replaces it")
    replace(Path(output), text)


def line(note: Note, detail: int) -> str:
    """Return a note on one line: with tags from 1 on, with its time from 2 on."""
    pin = "*" if note["pinned"] else " "
    parts = [f"{note['id']:>3}{pin} {note['text']}"]
    if detail > 0:
        parts += [f"#{tag}" for tag in note["tags"]]
    if detail > 1:
        parts.append(f"({note['created']})")
    return " ".join(parts)


def matches(note: Note, words: list[str], any_word: bool, where: str) -> bool:
    """Say whether the words stand in the text, the tags or either."""
    places = {"text": [note["text"]], "tags": note["tags"]}
    places["all"] = places["text"] + places["tags"]
    texts = [text.lower() for text in places[where]]
    hits = [any(word.lower() in text for text in texts) for word in words]
    return any(hits) if any_word else all(hits)


def find(notes: list[Note], number: int) -> Note:
    """Return the note with that number."""
    for note in notes:
        if note["id"] == number:
            return note
    raise NotesError(f"no note {number}")


def store(folder: str | None) -> Path:
    """Return the file that holds the notes."""
    if folder is not None:
        return Path(folder, "notes.json")
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
    return Path(data, "notes/notes.json")


def load(folder: str | None) -> list[Note]:
    """Read the notes; there are none before the first was written."""
    path = store(folder)
    try:
        notes: list[Note] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except ValueError:
        raise NotesError(f"{path} does not hold notes") from None
    return notes


def save(folder: str | None, notes: list[Note]) -> None:
    """Write the notes in one step, so that a crash leaves the old ones."""
    path = store(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, as_json(notes))


def replace(path: Path, text: str) -> None:
    """Write a file beside `path` and move it there."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(path)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


def as_text(notes: list[Note]) -> str:
    """Return one note a line."""
    return "".join(f"{note['text']}\n" for note in notes)


def as_markdown(notes: list[Note]) -> str:
    """Return a list with the tags as code."""
    rows = "".join(
        " ".join(["-", note["text"], *(f"`{tag}`" for tag in note["tags"])]) + "\n"
        for note in notes
    )
    return f"# Notes\n\n{rows}"


def as_json(notes: list[Note]) -> str:
    """Return the form in which the notes are stored."""
    return json.dumps(notes, ensure_ascii=False, indent=2) + "\n"


FORMATS = {"text": as_text, "markdown": as_markdown, "json": as_json}
