"""Platform labels of messy sheets, handles under a label, and keys that tell accounts apart."""

import pytest

from channels.platforms import FURTHER, PLATFORMS, address_of, handle_key, platform_of_label, recognise, suggestion


@pytest.mark.parametrize(
    ("label", "platform"),
    [
        ("Twitter", "x"),
        ("X", "x"),
        ("x ", "x"),
        ("X (formerly Twitter)", "x"),
        ("X (Twitter)", "x"),
        ("Twitter / X", "x"),
        ("X/Twitter", "x"),
        ("twiter", "x"),
        ("Twittter", "x"),
        ("Twitter account", "x"),
        ("Compte Twitter", "x"),
        ("Facebook", "facebook"),
        ("FB", "facebook"),
        ("Facebok", "facebook"),
        ("facebook page", "facebook"),
        ("Page Facebook", "facebook"),
        ("Face Book", "facebook"),
        ("Facebook Group", "facebook"),
        ("Intagram", "instagram"),
        ("Instragram", "instagram"),
        ("IG", "instagram"),
        ("Linked-In", "linkedin"),
        ("Linked In", "linkedin"),
        ("LinkdIn", "linkedin"),
        ("You Tube", "youtube"),
        ("YouTube Channel", "youtube"),
        ("Chaîne YouTube", "youtube"),
        ("Youtub", "youtube"),
        ("Google+", "google_plus"),
        ("Google +", "google_plus"),
        ("google_plus", "google_plus"),
        ("Google Plus", "google_plus"),
        ("G+", "google_plus"),
        ("Flicker", "flickr"),
        ("Tumbler", "tumblr"),
        ("Pintrest", "pinterest"),
        ("Vimeo", "vimeo"),
        ("WordPress", "wordpress"),
        ("Foursquare", "foursquare"),
        ("Tik Tok", "tiktok"),
        ("BlueSky", "bluesky"),
        ("Mastadon", "mastodon"),
        ("Whats App", "whatsapp"),
        ("Stack Overflow", "stackoverflow"),
        ("AngelList", "wellfound"),
        ("VKontakte", "vk"),
        ("", None),
        (None, None),
        ("   ", None),
        ("Website", None),
        ("Blog", None),
        ("TOTAL", None),
        ("Vine", None),
        ("Storify", None),
        ("iPhone App", None),
        ("Newsletter", None),
        ("Facebook, Twitter", "facebook"),
    ],
)
def test_a_label_means_this_platform(label: str | None, platform: str | None) -> None:
    assert platform_of_label(label) == platform


@pytest.mark.parametrize(
    ("label", "platform"),
    [
        ("iPhone App", "iphone_app"),
        ("iphone app", "iphone_app"),
        ("Android", "android_app"),
        ("SMS", "sms"),
        ("Newsletter", "newsletter"),
        ("Storify", "storify"),
        ("Broadcastr", "broadcastr"),
        ("Blogspot", "blogger"),
        ("Twitter", "x"),
    ],
)
def test_a_label_of_an_older_sheet_means_a_further_platform(label: str, platform: str) -> None:
    assert platform_of_label(label, more=FURTHER) == platform


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Twiter", "X (formerly Twitter)"),
        ("Twtr feed", "X (formerly Twitter)"),
        ("Fcebok", "Facebook"),
        ("Instgrm", "Instagram"),
        ("Qwertyuiop", None),
        ("", None),
    ],
)
def test_an_unknown_label_gets_a_suggestion(label: str, name: str | None) -> None:
    assert suggestion(label) == name


def test_no_two_platforms_claim_one_label_or_one_host() -> None:
    every = (*PLATFORMS, *FURTHER)
    hosts = [host for spec in every for host in spec.hosts]
    ids = [spec.id for spec in every]
    assert len(hosts) == len(set(hosts))
    assert len(ids) == len(set(ids))
    assert {spec.id: platform_of_label(spec.name, more=FURTHER) for spec in every} == {
        spec.id: spec.id for spec in every
    }


@pytest.mark.parametrize(
    ("text", "label", "platform", "handle", "kind"),
    [
        ("acme", "Twitter", "x", "acme", "profile"),
        ("@Acme", "X", "x", "Acme", "profile"),
        ("acmecity", "Facebook", "facebook", "acmecity", "profile"),
        ("acme.gov", "Facebook", "facebook", "acme.gov", "profile"),
        ("517901800000001", "Facebook", "facebook", "517901800000001", "profile"),
        ("pages/Acme/123456789", "Facebook", "facebook", "123456789", "profile"),
        ("Acme-City-123456789", "Facebook", "facebook", "Acme-City-123456789", "profile"),
        ("acme.city", "Intagram", "instagram", "acme.city", "profile"),
        ("acme-careers", "Linked-In", "linkedin", "acme-careers", "company"),
        ("/in/jane", "LinkedIn", "linkedin", "jane", "profile"),
        ("company/acme", "LinkedIn", "linkedin", "acme", "company"),
        ("acme", "You Tube", "youtube", "acme", "profile"),
        ("user/acme", "YouTube", "youtube", "acme", "user"),
        ("UCabcDEF0123456789-_aXyZ", "YouTube", "youtube", "UCabcDEF0123456789-_aXyZ", "channel"),
        ("+AcmeCity", "Google+", "google_plus", "AcmeCity", "profile"),
        ("86722000@N03", "Flickr", "flickr", "86722000@N03", "profile"),
        ("r/riverton", "Reddit", "reddit", "riverton", "subreddit"),
        ("parks@social.riverton.example", "Mastodon", "mastodon", "parks@social.riverton.example", "profile"),
        ("@parks@social.riverton.example", "Mastadon", "mastodon", "parks@social.riverton.example", "profile"),
        ("acme.riverton.example", "Bluesky", "bluesky", "acme.riverton.example", "profile"),
        ("+1 (555) 123-4567", "WhatsApp", "whatsapp", "15551234567", "profile"),
        ("acmecity", "Tumblr", "tumblr", "acmecity", "profile"),
        ("http://acme-works.example", "WordPress", "wordpress", "acme-works.example", "own_domain"),
        ("877877", "SMS", "sms", "877877", "profile"),
        ("You The Man", "Twitter", "x", None, "not_an_account"),
        ("https://twitter.com/", "Twitter", "x", None, "not_an_account"),
        ("", "Twitter", None, None, "unknown"),
        ("acme", "Carrier pigeon", None, None, "unknown"),
        ("jane@acme.example", "Twitter", None, None, "email"),
        ("www.acme.example", "Twitter", None, None, "website"),
    ],
)
def test_a_handle_under_a_label_is_an_account(
    text: str, label: str, platform: str | None, handle: str | None, kind: str
) -> None:
    found = recognise(text, label, more=FURTHER)
    assert (found.platform, found.handle, found.kind) == (platform, handle, kind)


@pytest.mark.parametrize(
    ("text", "label", "platform", "contradicts"),
    [
        ("https://twitter.com/acme", "X", "x", False),
        ("https://twitter.com/acme", "Facebook", "x", True),
        ("https://www.youtube.com/channel/UCabcDEF0123456789-_aXyZ", "Facebook", "youtube", True),
        ("https://acme.example/", "Facebook", None, True),
        ("https://acme.example/", "Website", None, False),
        ("https://acme.example/", "Tumblr", "tumblr", False),
        ("https://twitter.com/acme", "", "x", False),
        ("@acme@mastodon.social", "Twitter", "mastodon", True),
    ],
)
def test_the_address_wins_over_a_label_that_contradicts_it(
    text: str, label: str, platform: str | None, contradicts: bool
) -> None:
    found = recognise(text, label)
    assert (found.platform, found.contradicts_label) == (platform, contradicts)


def key(text: str) -> str | None:
    """The key of the account that an address names."""
    return recognise(text).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://twitter.com/ACME", "https://x.com/acme"),
        ("https://www.youtube.com/user/Acme", "https://youtube.com/acme"),
        ("https://www.youtube.com/@Acme", "https://youtube.com/c/acme"),
        ("https://www.facebook.com/pages/Acme/123456789", "https://facebook.com/123456789"),
        ("https://www.facebook.com/Acme-City-123456789/", "https://www.facebook.com/profile.php?id=123456789"),
        ("https://www.facebook.com/Acme.City", "https://www.facebook.com/acmecity"),
        ("https://www.linkedin.com/company/acme", "https://www.linkedin.com/showcase/Acme/admin"),
        ("https://vk.com/public123", "https://vk.com/club123"),
        ("https://x.com/acme/status/1", "https://x.com/acme"),
        ("https://www.linkedin.com/company/caf%C3%A9-acme", "https://www.linkedin.com/company/cafe\u0301-acme"),
        ("https://mastodon.social/@Acme", "https://mastodon.social/users/acme"),
        ("https://medium.com/@acme", "https://acme.medium.com"),
    ],
)
def test_two_spellings_of_one_account_share_a_key(one: str, other: str) -> None:
    assert key(one) == key(other)
    assert key(one) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.linkedin.com/in/acme", "https://www.linkedin.com/company/acme"),
        ("https://www.reddit.com/r/acme", "https://www.reddit.com/user/acme"),
        ("https://www.facebook.com/groups/acme", "https://www.facebook.com/acme"),
        ("https://www.flickr.com/groups/acme", "https://www.flickr.com/photos/acme"),
        ("https://medium.com/@acme", "https://medium.com/acme"),
        ("https://vimeo.com/channels/acme", "https://vimeo.com/acme"),
        ("https://discord.gg/AbC", "https://discord.gg/aBc"),
        (
            "https://www.youtube.com/channel/UCabcDEF0123456789-_aXyZ",
            "https://www.youtube.com/channel/UCABCdef0123456789-_aXyZ",
        ),
        ("https://mastodon.social/@acme", "https://social.riverton.example/@acme"),
        ("https://acme.substack.com", "https://substack.com/@acme"),
        ("https://x.com/i/user/123", "https://x.com/123"),
    ],
)
def test_two_accounts_do_not_share_a_key(one: str, other: str) -> None:
    assert key(one) != key(other)
    assert None not in {key(one), key(other)}


def test_a_key_made_from_platform_handle_and_kind_is_the_key_that_recognition_gives() -> None:
    for address in ("https://www.linkedin.com/in/Acme", "https://www.reddit.com/r/Acme", "https://vk.com/public12"):
        found = recognise(address)
        assert handle_key(str(found.platform), str(found.handle), found.account_kind) == found.key


def test_a_canonical_address_is_plain_ascii() -> None:
    assert address_of("linkedin", "pêches", "company") == "https://www.linkedin.com/company/p%C3%AAches"
    assert address_of("mastodon", "parks@social.riverton.example") == "https://social.riverton.example/@parks"
    assert address_of("nowhere", "acme") is None


def test_further_platforms_are_known_only_where_asked_for() -> None:
    assert recognise("https://storify.com/acme").platform is None
    found = recognise("https://storify.com/acme", more=FURTHER)
    assert (found.platform, found.handle, found.url) == ("storify", "acme", "https://storify.com/acme")
    blog = recognise("http://acme.blogspot.ca/2012/01/x.html", more=FURTHER)
    assert (blog.platform, blog.handle, blog.kind) == ("blogger", "acme", "post")
