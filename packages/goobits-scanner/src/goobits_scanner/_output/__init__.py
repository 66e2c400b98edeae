"""How reports are shown: one module for each format, none of which prints."""
