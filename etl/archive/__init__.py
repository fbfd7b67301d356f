"""The archive: every answer of a portal, and the bytes as they came. Nothing of it is ever changed or removed.

    raw/ab/<sha256>     bodies, named by their content
    manifest.jsonl      one line for each answer, only ever appended to; in a store manifest/*.jsonl
    index.json          what the manifest said of each address up to some line; may be removed, and is made again

Left of it is the network; everything right of it is a function of what lies here.
"""

from etl.archive.archive import Archive
from etl.archive.index import Known
from etl.archive.inventory import Attachment, Version

__all__ = ["Archive", "Attachment", "Known", "Version"]
