"""A small offline portal: the real 2023 report of Jing'an, and invented reports of a made-up district. `python -m sample` serves it.

Content is plain files (content/), pages are templates (templates/); it imports nothing of etl, and etl nothing of it. `--full` serves 41
made-up bodies over seven years (sample.seed), `--families` small sites of other content systems (families/), `--scenario FILE` makes
things go wrong (scenarios.example.toml).
"""
