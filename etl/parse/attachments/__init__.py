"""Attachments of a page: `read` takes the bytes of one and gives its lines, `assemble` makes the text of a report of a page and them."""

from etl.parse.attachments.assemble import PAGE, Assembled, Named, Use, assemble, is_referral
from etl.parse.attachments.read import AttachmentText, read_attachment

__all__ = ["PAGE", "Assembled", "AttachmentText", "Named", "Use", "assemble", "is_referral", "read_attachment"]
