"""Facts: a read report becomes rows of the warehouse's tables. Pure, but for the Parquet files written at the end."""
