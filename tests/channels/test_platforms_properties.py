"""What holds for every text and for every account, not for examples alone."""

import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from channels.platforms import FURTHER, PLATFORMS, Recognised, address_of, handle_key, recognise
from tests.examples import examples

HOSTS = sorted(
    {host for spec in PLATFORMS for host in spec.hosts} | {"mastodon.social", "acme.example", "www.google.com"}
)
WORDS = """
    user channel c company in groups pages p post posts status photos share r u users profile profile.php acme Acme.City
    @acme @about +Acme 12345678901 %C3%A9 é acme-123456789 wall-1_2 UCabcDEF0123456789-_aXyZ #! .. &amp; a&b x.com
    https: did:plc:abc feeds v Acme%20Inc. Acme|Inc
"""
PARTS = st.sampled_from(WORDS.split())
ADDRESSES = st.builds(
    lambda scheme, sub, host, parts, query: scheme + sub + host + "/" + "/".join(parts) + query,
    st.sampled_from(["https://", "http://", "", "htp:/", "http://http://"]),
    st.sampled_from(["", "www.", "m.", "fr-fr.", "acme.", "l."]),
    st.sampled_from(HOSTS),
    st.lists(PARTS, max_size=5),
    st.sampled_from(
        [
            "",
            "?id=123456",
            "?u=https://x.com/acme",
            "?gid=1&user=acme",
            "#!/acme",
            "#/photos/acme",
            "?phone=15551234567",
        ]
    ),
)
TEXTS = st.one_of(
    st.text(max_size=200), ADDRESSES, st.builds(lambda one, two: one + two, ADDRESSES, st.text(max_size=20))
)
LABELS = st.one_of(st.none(), st.text(max_size=20), st.sampled_from([spec.name for spec in (*PLATFORMS, *FURTHER)]))


@settings(max_examples=examples(600))
@given(TEXTS, LABELS)
@example("https://[::1", None)
@example("http://%", "Twitter")
@example("\ud800", "X")
def test_no_text_raises(text: str, label: str | None) -> None:
    found = recognise(text, label, more=FURTHER)
    assert found.input == text
    assert (found.handle is None) == (found.kind in {"not_an_account", "website", "email", "unknown"})
    assert found.handle is None or found.platform is not None


@settings(max_examples=examples(600))
@given(TEXTS)
@example("https://www.linkedin.com/company/acme-inc./")
@example("https://www.linkedin.com/company/a%26b")
@example("https://www.facebook.com/ﬁre.station")
@example("https://www.linkedin.com/in/jane_1%23a")
@example("https://acme.example/:?")
@example("https://www.youtube.com/@เมือง")
def test_the_canonical_address_is_recognised_as_the_same_account(text: str) -> None:
    found = recognise(text)
    if found.url is None:
        return
    again = recognise(found.url)
    assert identity(again) == identity(found)
    assert again.url == found.url


def identity(found: Recognised) -> tuple[str | None, str | None, str]:
    """Platform, key and kind of the account, the author's for a post."""
    return found.platform, found.key, found.account_kind or found.kind


NAMES = st.text(alphabet=string.ascii_letters + string.digits + "_", min_size=3, max_size=14)


@pytest.mark.parametrize(
    ("platform", "kind"), [(spec.id, kind) for spec in PLATFORMS if spec.hosts for kind in spec.addresses]
)
@settings(max_examples=examples(15))
@given(name=NAMES)
def test_the_address_made_for_an_account_names_that_account(platform: str, kind: str, name: str) -> None:
    handle = handle_for(platform, kind, name)
    found = recognise(str(address_of(platform, handle, kind)))
    assert found.platform == platform
    if found.handle is not None:
        assert (found.handle.casefold(), found.kind) == (handle.casefold(), kind)


def handle_for(platform: str, kind: str, name: str) -> str:
    """A handle that the platform could give to this kind of account."""
    number = str(10**9 + sum(ord(letter) for letter in name))
    if platform == "bluesky":
        return name.lower().replace("_", "") + "a.bsky.social"
    if platform == "youtube" and kind == "channel":
        return "UC" + name.ljust(22, "0")
    if platform == "google_plus" and kind == "user_id":
        return number.ljust(21, "0")
    if platform == "vk" and kind == "group":
        return "club" + number
    ids = {"user_id", "chat_id", "server", "community", "venue", "page"}
    if (
        kind in ids
        or (platform in {"stackoverflow", "whatsapp"} and kind == "profile")
        or (platform, kind) == ("linkedin", "group")
    ):
        return number
    if platform in {"tumblr", "wordpress", "substack"} and kind in {"profile", "publication"}:
        return "zz" + name.replace("_", "").lower() + "zz"
    return "zz" + name


@settings(max_examples=examples(300))
@given(st.sampled_from([spec.id for spec in PLATFORMS]), st.text(max_size=40))
def test_a_key_is_the_key_of_itself_in_capitals_where_case_does_not_count(platform: str, handle: str) -> None:
    key = handle_key(platform, handle)
    spec = next(spec for spec in PLATFORMS if spec.id == platform)
    if spec.case == "fold" and not handle.startswith("UC"):
        assert handle_key(platform, handle.casefold()) == key
