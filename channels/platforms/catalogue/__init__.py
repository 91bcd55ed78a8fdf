"""The platforms that recognition knows by itself, as data; database rows are seeded from it."""

from channels.platforms.catalogue.media import MEDIA
from channels.platforms.catalogue.networks import NETWORKS
from channels.platforms.catalogue.past import PAST
from channels.platforms.catalogue.words import COMMON, own_words
from channels.platforms.catalogue.writing import WRITING
from channels.platforms.spec import PlatformSpec

__all__ = ["COMMON", "PLATFORMS", "SPECS", "own_words"]

PLATFORMS: tuple[PlatformSpec, ...] = (*NETWORKS, *MEDIA, *WRITING, *PAST)
SPECS: dict[str, PlatformSpec] = {spec.id: spec for spec in PLATFORMS}
