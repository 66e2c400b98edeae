"""What carries a plugin: a ustar in one gzip member that can be written in one way only.

`pack` makes an archive of a folder, `read_archive` takes one apart in memory, `extract` writes
what it read below a descriptor, `remove_tree` takes that away again. Reader and writer agree to
the byte: what is read is what packing the extracted files writes, so that no other reader of
the format can see other files in it.
"""

from __future__ import annotations

from goobits_plugin._archive._extract import extract
from goobits_plugin._archive._pack import pack
from goobits_plugin._archive._read import read_archive
from goobits_plugin._archive._remove import remove_tree
from goobits_plugin._archive._values import Archive, Member, Packed

__all__ = [
    "Archive",
    "Member",
    "Packed",
    "extract",
    "pack",
    "read_archive",
    "remove_tree",
]
