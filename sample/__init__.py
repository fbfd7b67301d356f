"""A small offline portal: the real 2023 report of Jing'an, and invented reports of a made-up district. `python -m sample` serves it.

Content is plain files (content/), pages are templates (templates/); it imports nothing of etl, and etl nothing of it.
"""
