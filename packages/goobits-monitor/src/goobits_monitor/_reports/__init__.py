"""Results as text, as JSON, and as the JSON of pytest-benchmark."""
