"""The database and the broker that Orgmap brings along, used when DATABASE_URL or REDIS_URL are unset.

Everything imported here is light, since the settings of every process import it: it only says where the servers are.
Where they are follows from the data directory alone, so that every process finds them without being told.
Starting and stopping is in `postgres`, `valkey` and `servers`; why it is so, in docs/adr/0002-embedded-servers.md.
"""

from orgmap.embedded.addresses import (
    EmbeddedError,
    broker_url,
    data_directory,
    database_settings,
    has_own_broker,
    is_default,
    redis_url,
)
from orgmap.embedded.commands import for_command
from orgmap.embedded.secret import secret_key

__all__ = [
    "EmbeddedError",
    "broker_url",
    "data_directory",
    "database_settings",
    "for_command",
    "has_own_broker",
    "is_default",
    "redis_url",
    "secret_key",
]
