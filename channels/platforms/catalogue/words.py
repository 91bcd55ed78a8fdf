"""Path parts that platforms keep for themselves."""

from channels.platforms.spec import word_set

COMMON = word_set("""
    about account accounts ads advertise advertising api app apps auth blog brand business businesses
    careers community companies contact cookies create dashboard developer developers discover download
    downloads explore events faq feed feedback features guidelines help home index.html index.php jobs
    join legal login logout mobile news notifications oauth partners password policies policy popular
    premium press pricing privacy products register rules safety search security settings share shop
    sign-in sign-up sign_in sign_up signin signup sitemap status store support tag tags team terms tos
    tour trending upload welcome
""")


def own_words(text: str) -> frozenset[str]:
    """A set of words, with those that nearly every platform keeps for itself."""
    return COMMON | word_set(text)
