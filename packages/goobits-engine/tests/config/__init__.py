"""Tests of the reader and checker of goobits.yaml."""
