#: bad notes
from pathlib import Path

from fastapi import FastAPI

app = FastAPI()
NOTES = Path("/var/lib/notes")


@app.get("/notes/{name:path}")
async def read_note(name: str):
    return {"text": (NOTES / name).read_text()} #!
#: good notes
from pathlib import Path

from fastapi import FastAPI, HTTPException

app = FastAPI()
NOTES = Path("/var/lib/notes").resolve()


@app.get("/notes/{name:path}")
async def read_note(name: str):
    note = (NOTES / name).resolve()
    if not note.is_relative_to(NOTES):
        raise HTTPException(404)
    return {"text": note.read_text()}
