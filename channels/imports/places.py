"""Which account a row means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from channels.imports.records import Entry
from channels.platforms import (
    EMAIL,
    FURTHER,
    NOT_AN_ACCOUNT,
    PLATFORMS,
    POST,
    WEBSITE,
    PlatformSpec,
    Recognised,
    handle_key,
    platform_of_label,
    recognise,
    suggestion,
)
from channels.platforms.address import looks_like_address
from channels.platforms.labels import squeezed

LONGEST_HANDLE = 200
LONGEST_ADDRESS = 1000
NUMBERS = ("sms",)
"""Platforms whose accounts are numbers to write to."""
NAMED = ("newsletter",)
"""Platforms whose accounts have a name and no address."""
BUILT_IN = {spec.id for spec in (*PLATFORMS, *FURTHER)}


@dataclass(frozen=True, slots=True)
class Place:
    """An account as a row names it."""

    platform: str
    platform_name: str
    handle: str
    key: str
    kind: str
    address: str
    written: str
    """As the row has it."""
    remarks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.platform_name} ({self.handle})"


@dataclass(frozen=True, slots=True)
class NoPlace:
    """Why a row names no account."""

    value: str
    message: str


class Places:
    """Recognises the accounts of a list; remembers what it has read, since lists repeat themselves."""

    def __init__(self, more: Sequence[PlatformSpec]) -> None:
        self.more = tuple(more)
        self.specs = {spec.id: spec for spec in (*PLATFORMS, *self.more)}
        self.names = {squeezed(name) for spec in self.specs.values() for name in (spec.id, spec.name, *spec.labels)}
        self.labels: dict[str, str | None] = {}
        self.remembered: dict[tuple[str, str, str, str], Place | NoPlace] = {}

    def of(self, entry: Entry) -> Place | NoPlace:
        """The account of a row, or the sentence that says why there is none."""
        asked = (entry.get("address"), entry.get("handle"), entry.get("account"), entry.get("platform"))
        found = self.remembered.get(asked)
        if found is None:
            if len(self.remembered) > 20_000:
                self.remembered.clear()
            found = self.remembered[asked] = self._of(*asked)
        return found

    def label(self, label: str) -> str | None:
        """The platform that a label means."""
        if label not in self.labels:
            self.labels[label] = platform_of_label(label, more=self.more) if label else None
        return self.labels[label]

    def is_spelt(self, label: str) -> bool:
        """Whether a label, or a word of it, is a platform's name as it is spelt."""
        pieces = re.split(r"[^\w+]+", label)
        forms = {squeezed(label), *(squeezed(piece) for piece in pieces)}
        forms |= {squeezed(one + other) for one, other in pairwise(pieces)}
        return bool(forms & self.names)

    def name(self, platform: str) -> str:
        """The platform's name."""
        return self.specs[platform].name

    def _of(self, address: str, handle: str, account: str, label: str) -> Place | NoPlace:
        given = handle or (account if " " not in account.strip() else "")
        text = address or given
        if not text:
            what = f"'{label}'" if label else "This row"
            return NoPlace(
                label,
                f"{what} has neither an address nor a handle, so there is nothing to find it by. Add one of them.",
            )
        known = self.label(label)
        if not address and known is not None and not self.is_spelt(label):
            return NoPlace(label, f"'{label}' is not a platform. Did you mean {self.name(known)}?")
        found = recognise(text, label or None, more=self.more)
        if found.key is None and address and given and found.kind != NOT_AN_ACCOUNT:
            by_handle = recognise(given, label or None, more=self.more)
            if by_handle.key is not None and known is not None:
                told = (
                    f"'{address}' is no address of {self.name(known)}; the account was found by its handle '{given}'."
                )
                return self._place(by_handle, text, (told,))
        if found.key is not None and found.platform is not None:
            return self._place(found, text, self._remarks(found, address, given, account, label, known))
        if known in (*NUMBERS, *NAMED) and (place := self._unaddressed(known, text)):
            return place
        return self._refusal(found, text, label, known)

    def _place(self, found: Recognised, written: str, remarks: tuple[str, ...]) -> Place | NoPlace:
        platform, handle = found.platform or "", found.handle or ""
        spec = self.specs[platform]
        keeps_case = platform not in BUILT_IN and spec.case == "keep"
        key = handle.lstrip("@") if keeps_case else found.key or ""
        address = found.url or ""
        if len(handle) > LONGEST_HANDLE or len(key) > LONGEST_HANDLE + 20 or len(address) > LONGEST_ADDRESS:
            return NoPlace(written, f"'{shown(written)}' is too long for an account. Look at the address.")
        return Place(platform, spec.name, handle, key, found.account_kind or "profile", address, written, remarks)

    def _remarks(
        self, found: Recognised, address: str, given: str, account: str, label: str, known: str | None
    ) -> tuple[str, ...]:
        remarks = []
        platform = found.platform or ""
        if label and (found.contradicts_label or (known and known != platform)):
            remarks.append(f"The list says '{label}', the address is on {self.name(platform)}; the address counts.")
        elif label and known is None:
            remarks.append(f"'{label}' is not a platform; by its address the account is on {self.name(platform)}.")
        if found.kind == POST:
            remarks.append(f"'{shown(address or given)}' is a single post; its author '{found.handle}' was taken.")
        if address and given and contradicts(found, given):
            remarks.append(f"The list says '{given}', the address says '{found.handle}'; the address counts.")
        return tuple(remarks)

    def _unaddressed(self, platform: str, text: str) -> Place | None:
        """A number or a name where the platform has no addresses."""
        plain = " ".join(text.split())
        digits = plain.replace(" ", "").replace("-", "").lstrip("+")
        if platform in NUMBERS and not (digits.isdigit() and 3 <= len(digits) <= 15):
            return None
        handle = digits if platform in NUMBERS else plain
        if not any(letter.isalnum() for letter in handle) or len(handle) > LONGEST_HANDLE or "://" in handle:
            return None
        key = handle_key(platform, handle, "profile")
        return Place(platform, self.name(platform), handle, key, "profile", "", text)

    def _refusal(self, found: Recognised, text: str, label: str, known: str | None) -> NoPlace:
        value = shown(text)
        if found.kind == NOT_AN_ACCOUNT and found.platform and looks_like_address(text):
            return NoPlace(
                value,
                f"'{value}' is a page of {self.name(found.platform)}, but not the page of an account. "
                "Write the address of the account itself.",
            )
        if found.kind == EMAIL:
            return NoPlace(value, f"'{value}' is a mail address. Write the address or the handle of the account.")
        if label and known is None:
            near = suggestion(label, more=self.more)
            ask = f" Did you mean {near}?" if near else " Write its address, or let the lead add it under Platforms."
            return NoPlace(label, f"'{label}' is not a platform.{ask}")
        if known is not None:
            return NoPlace(
                value,
                f"'{value}' is neither an address nor a handle of {self.name(known)}. "
                "Write the address of the account's own page.",
            )
        if found.kind == WEBSITE:
            return NoPlace(
                value,
                f"'{value}' is on no platform that is known here. "
                "A website is not an account; if it is a platform, let the lead add it under Platforms with its host.",
            )
        return NoPlace(value, f"'{value}' does not say on which platform it is. Add the platform or the whole address.")


def contradicts(found: Recognised, given: str) -> bool:
    """Whether the handle of a row is another one than that of its address."""
    plain = given.strip().lstrip("@+").casefold()
    handle = (found.handle or "").strip().lstrip("@+").casefold()
    if plain == handle or (plain in found.input.casefold() and found.kind != "channel"):
        return False
    return handle_key(found.platform or "", plain, found.account_kind) != (found.key or "").casefold()


def shown(text: str) -> str:
    """A value short enough for a sentence."""
    return text if len(text) <= 120 else f"{text[:119]}…"
