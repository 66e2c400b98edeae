"""Notes in the folder that the user works in: files, and a question."""

import json
from pathlib import Path

from goobits_plugin.sdk import run, ui

FOLDER = Path("notes")


def on_note_add(text, title, **_):
    """Write a note; what is below notes/ comes back to the user's folder."""
    text = text or ui.prompt("What do you want to note?")
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{title}.txt"
    if path.exists():
        raise FileExistsError(f"there is a note called {title} already")
    path.write_text(text + "\n", encoding="utf-8")
    print(f"noted in {path}")


def on_note_list(json: bool, **_):
    """List the notes, sorted by their names."""
    notes = {
        path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.txt"))
    }
    if json:
        print(as_json(notes))
        return
    for title, text in notes.items():
        print(f"{title}: {text.rstrip()}")


def as_json(notes):
    return json.dumps(notes, indent=2, ensure_ascii=False)


run()
