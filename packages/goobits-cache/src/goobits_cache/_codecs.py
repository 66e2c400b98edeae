"""Codecs: named ways between values and the bytes that a cache keeps of them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Generic, TypeVar

    V = TypeVar("V")

    class _Generic(Generic[V]):
        """What has a type of values."""
else:

    class _Generic:
        """What has a type of values; at run time that makes no difference."""

        __slots__ = ()

        def __class_getitem__(cls, value: object) -> type:
            return cls


class Codec(_Generic["V"]):
    """A way to write values as bytes and to read them again.

    `encode` raises `CodecError` for a value that it cannot write, and `decode` a `ValueError`
    for bytes that it cannot read. What is kept under one name and tag is never read under
    another: the tag says what else the form depends on, such as `sys.implementation.cache_tag`.
    `decode` gets bytes that somebody may have forged, so it must not run them.
    """

    __slots__ = ("decode", "encode", "name", "tag")

    def __init__(
        self,
        name: str,
        encode: Callable[[V], bytes],
        decode: Callable[[bytes], V],
        *,
        tag: str = "",
    ) -> None:
        self.name = name
        self.encode = encode
        self.decode = decode
        self.tag = tag

    def __repr__(self) -> str:
        return f"<Codec {self.name}{self.tag and f' {self.tag}'}>"


def _refuse(value: object, codec: str, wanted: str) -> Exception:
    from goobits_cache._errors import CodecError

    return CodecError(
        f"the codec {codec} writes {wanted}, not {type(value).__name__}",
        codec,
        hint="Choose another codec for this cache, or convert the value.",
    )


def _encode_bytes(value: bytes) -> bytes:
    if not isinstance(value, bytes):
        raise _refuse(value, "bytes", "bytes")
    return bytes(value)


def _encode_text(value: str) -> bytes:
    if not isinstance(value, str):
        raise _refuse(value, "text", "text")
    return value.encode("utf-8", "surrogatepass")


def _decode_text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _encode_json(value: object) -> bytes:
    import json

    try:
        return json.dumps(value, separators=(",", ":")).encode("ascii")
    except (TypeError, ValueError, RecursionError) as error:
        from goobits_cache._errors import CodecError

        raise CodecError(
            f"the codec json cannot write this value: {error}",
            "json",
            hint="Keep dicts with text keys, lists, text, numbers, booleans and None.",
        ) from error


def _decode_json(data: bytes) -> object:
    import json

    try:
        return json.loads(data)
    except RecursionError as error:
        raise ValueError(f"this is nested too deep: {error}") from error


BYTES: Codec[bytes] = Codec("bytes", _encode_bytes, bytes)
"""Bytes, as they are."""

TEXT: Codec[str] = Codec("text", _encode_text, _decode_text)
"""Any text, lone surrogates included."""

JSON: Codec[object] = Codec("json", _encode_json, _decode_json)
"""What JSON can say; a tuple comes back as a list, and keys of a dict as text."""
