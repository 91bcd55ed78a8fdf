import zlib

from orgmap.core.squeezed import squeezed, unsqueezed


def test_what_was_squeezed_comes_back_whole() -> None:
    for plain in (b"", b"x", b"the same again " * 10_000):
        assert unsqueezed(squeezed(plain)) == plain


def test_what_an_earlier_version_wrote_can_still_be_read() -> None:
    assert unsqueezed(zlib.compress(b"kept since spring", 1)) == b"kept since spring"
