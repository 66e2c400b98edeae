"""What the host answers for: the system's processes and figures, and services behind a filter.

`system` and `docker` are imported by their own names, since few runs need them.
"""
