"""Messengers: Telegram, WhatsApp, Discord, Snapchat."""

import re

from channels.platforms.address import Address
from channels.platforms.catalogue import COMMON
from channels.platforms.hosts.common import account, after_handle, by_data, same_pages
from channels.platforms.spec import NOTHING, Found, PlatformSpec, word_set

TELEGRAM = COMMON | word_set("""
    a addemoji addlist addstickers addtheme bg boost confirmphone contact dl giftcode iv invoice
    joinchat k login proxy s setlanguage share socks stickers tgs z evolution img
""")
INVITE = re.compile(r"[\w\-]{6,}", re.ASCII)
NUMBER = re.compile(r"\d{5,15}", re.ASCII)


def telegram(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """A name, an invitation, or the id of a private chat."""
    words, parts = address.words, address.parts
    if address.host == "web.telegram.org":
        name = re.sub(r"^/?im\?p=", "", address.fragment).lstrip("!/@cu")
        name = name if name.lstrip("-").isdigit() else re.sub(r"^/?im\?p=", "", address.fragment).lstrip("!/@")
        return account(spec, name, "profile") if name else NOTHING
    if address.host.endswith("telegram.org"):
        return NOTHING
    if sub and not same_pages(sub, spec):
        return account(spec, sub.removeprefix("www."), "profile")
    if not parts:
        return account(spec, address.query["domain"], "profile") if address.query.get("domain") else NOTHING
    if words[0] == "joinchat" or words[0].startswith("+"):
        code = parts[1] if words[0] == "joinchat" and len(parts) > 1 else parts[0]
        code = code.lstrip("+ ")
        return Found(code, "invite") if words[0] != code.lower() and INVITE.fullmatch(code) else NOTHING
    if words[0] == "c" and len(parts) > 1:
        return account(spec, parts[1], "chat_id", post=len(parts) > 2)
    if words[0] in {"s", "boost"} and len(parts) > 1:
        parts = parts[1:]
    if parts[0].lower() in TELEGRAM:
        return NOTHING
    return account(spec, parts[0], "profile", post=len(parts) > 1 and parts[1].isdigit())


def whatsapp(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """A number, a group's invitation or a channel."""
    words, parts, query = address.words, address.parts, address.query
    if address.host.endswith("wa.link"):
        return NOTHING
    if query.get("phone") and (not words or words[0] in {"send", "message"}):
        return _number(query["phone"])
    if not words:
        return NOTHING
    if sub == "chat":
        code = parts[1] if words[0] == "invite" and len(parts) > 1 else parts[0]
        return account(spec, code, "group")
    if words[0] == "channel" and len(parts) > 1:
        return account(spec, parts[1], "channel")
    if words[0] == "message" and len(parts) > 1:
        return account(spec, parts[1], "message")
    if words[0] in {"c", "catalog", "p"} and len(parts) > 1:
        return _number(parts[-1])
    return _number(parts[0])


def _number(text: str) -> Found:
    digits = re.sub(r"[\s()+.\-]", "", text)
    return Found(digits, "profile") if NUMBER.fullmatch(digits) else NOTHING


def discord(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """An invitation, a server or a person."""
    words, parts = address.words, address.parts
    if not words:
        return NOTHING
    if address.host.endswith("discord.gg"):
        return account(spec, parts[-1] if words[0] == "invite" else parts[0], "invite")
    kind = {"invite": "invite", "channels": "server", "servers": "server", "users": "user_id"}.get(words[0])
    if kind is None or len(parts) < 2 or words[1] == "@me":
        return NOTHING
    name = parts[1]
    if words[0] == "servers" and (match := re.search(r"(\d{15,})$", name)):
        name = match.group(1)
    return account(spec, name, kind)


def snapchat(address: Address, sub: str, spec: PlatformSpec) -> Found | None:
    """``snapchat.com/add/name``, ``/@name``."""
    words = address.words
    if words and words[0].startswith("@"):
        return after_handle(address, spec, "profile")
    if words[:1] == ("add",) and len(words) > 1:
        return account(spec, address.parts[1], "profile")
    return by_data(address, sub, spec)
