"""What is done to reports, by intent. `requests` is light; `rollup` loads the engine and is for workers."""
