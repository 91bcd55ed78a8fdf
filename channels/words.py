"""Which fields a word of an account's page is changed by, and which of them any reader may suggest a correction to."""

WORDS: dict[str, tuple[str, ...]] = {
    "departments": ("departments",),
    "says": ("says",),
    "audiences": ("audiences",),
    "markets": ("markets",),
    "objectives": ("objectives", "why_care"),
    "why_care": ("objectives", "why_care"),
    "rhythm": ("rhythm",),
    "reply_promise": ("reply_promise",),
    "name": ("name",),
    "language": ("language",),
    "contact": ("contact", "custody"),
    "agency": ("agency", "contract_ends_on"),
    "last_post_on": ("last_post_on",),
    "tags": ("tags",),
    "is_public": ("is_public",),
    "notes": ("notes",),
}
"""A word, and the fields that its small form has."""

SUGGESTED = (
    "departments", "says", "audiences", "markets", "objectives", "why_care", "rhythm", "reply_promise", "name",
    "language", "last_post_on", "tags",
)  # fmt: skip
"""Fields that everyone reads, so that anyone can say what is wrong about them."""

SUGGESTED_OF_DEPARTMENT = (
    "purpose",
    "acronym",
    "aliases",
    "process",
    "website",
    "default_audiences",
    "default_markets",
)
