"""Exports of the published warehouse: xlsx, csv and parquet, with their dictionary."""
