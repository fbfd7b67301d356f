"""The picture book (图册): a static site made from the published warehouse only."""
