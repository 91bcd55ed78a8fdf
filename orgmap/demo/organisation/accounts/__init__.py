"""The 150 accounts of Skerry & Fell, by who runs them."""

from orgmap.demo.organisation.accounts import affairs, brand, care, ferries, marketing, people, railway, strays
from orgmap.demo.records import Account

ACCOUNTS: tuple[Account, ...] = (
    *care.ACCOUNTS,
    *marketing.ACCOUNTS,
    *brand.ACCOUNTS,
    *railway.ACCOUNTS,
    *ferries.ACCOUNTS,
    *people.ACCOUNTS,
    *affairs.ACCOUNTS,
    *strays.ACCOUNTS,
)
