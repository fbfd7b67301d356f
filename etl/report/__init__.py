"""The picture book (图册): a static site that opens from a folder, made from the published warehouse only.

`book` writes it, `kinds` lists its kinds of pages, `pages` says what a page is and where it lies, `render` turns pages into HTML with the
templates of `templates/`. Every kind of page is a module with `pages(reader) -> Iterator[Page]`, which asks for what it shows piece by
piece, so that a book of many thousand reports fits into little memory.
"""
