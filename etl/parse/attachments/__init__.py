"""Attachments of a page: `read` takes the bytes of one and gives its lines, `assemble` makes the text of a report of a page and them."""

from etl.parse.attachments.read import AttachmentText, read_attachment

__all__ = ["AttachmentText", "read_attachment"]
