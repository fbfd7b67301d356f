"""Measurements, none of which asserts anything: `python -m bench`."""
