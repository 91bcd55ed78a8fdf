"""Sprawl, in the second implementation. See plain.py."""

import re
import unicodedata
from datetime import timedelta
from fractions import Fraction
from itertools import combinations

from .plain_reports import ratio, written


def normal(handle):
    text = unicodedata.normalize("NFKC", handle).casefold().strip()
    text = re.sub(r"^[a-z][a-z0-9+.-]*://[^/]*/", "", text)
    text = text.split("?")[0]
    while text.endswith("/"):
        text = text[:-1]
    text = text.split("/")[-1]
    while text.startswith("@"):
        text = text[1:]
    return text


def squash(handle):
    return "".join(letter for letter in normal(handle) if letter not in "._-")


def distance_is_one(s, t):
    if s == t or abs(len(s) - len(t)) > 1:
        return False
    if len(s) == len(t):
        return sum(x != y for x, y in zip(s, t, strict=True)) == 1
    s, t = sorted((s, t), key=len)
    return any(t[:i] + t[i + 1 :] == s for i in range(len(t)))


def duplicates(plain):
    codes = sorted({squash(m) for m in plain.trees["markets"][0]} - {""}, key=len, reverse=True)

    def cut(form):
        for code in codes:
            if form.endswith(code):
                return form[: len(form) - len(code)], code
        return form, None

    rows = []
    for i, j in combinations(sorted(plain.accounts), 2):
        one, two = plain.accounts[i], plain.accounts[j]
        s, t = squash(one["handle"]), squash(two["handle"])
        if one["platform"] != two["platform"] or not s or not t:
            continue
        if normal(one["handle"]) == normal(two["handle"]):
            rows.append(["duplicate", i, j])
            continue
        long_enough = min(len(s), len(t)) >= plain.policy["lookalike_min_len"]
        (stem, code), (other_stem, other_code) = cut(s), cut(t)
        if code and other_code and code != other_code and stem == other_stem:
            continue
        if s == t or (long_enough and distance_is_one(s, t)):
            rows.append(["lookalike", i, j])
    return sorted(rows)


def sprawl(plain):
    accounts, policy = plain.accounts, plain.policy
    limit = plain.today - timedelta(days=int(policy["dormant_days"]))
    flags = {}
    for key in sorted(accounts):
        a = accounts[key]
        dormant = a["status"] == "dormant" or (a["last_post"] is not None and a["last_post"] < limit)
        flags[key] = {
            "dormant": dormant,
            "activity_unknown": a["last_post"] is None and not dormant,
            "no_objective": not a["objectives"],
            "unplaced": not a["places"],
            "orphan": not a["owners"] or not a["contact"],
        }
    units = {k: {plain.unit_of[d] for d in a["owners"]} for k, a in accounts.items()}

    def shares(keys):
        return {"accounts": len(keys)} | {
            flag: ratio(sum(flags[k][flag] for k in keys), len(keys))
            for flag in ("dormant", "activity_unknown", "no_objective", "unplaced", "orphan")
        }

    def hhi(keys):
        held = {}
        for k in keys:
            for u in units[k]:
                held[u] = held.get(u, 0) + Fraction(1, len(units[k]))
        total = sum(held.values())
        return sum(((h / total) ** 2 for h in held.values()), Fraction(0)) if total else None

    crowds = {}
    for k in sorted(accounts):
        for a, m in accounts[k]["places"]:
            crowds.setdefault(written(("channel", a, m, accounts[k]["platform"])), []).append(k)
    crowded = [{"touchpoint": f, "accounts": ks} for f, ks in crowds.items() if len(ks) >= policy["crowded"]]
    by_platform = {}
    for p in sorted({a["platform"] for a in accounts.values()}):
        keys = [k for k in accounts if accounts[k]["platform"] == p]
        index = hhi(keys)
        by_platform[p] = shares(keys) | {"hhi": index, "effective_owners": None if index is None else 1 / index}
    return {
        "total": shares(list(accounts)),
        "by_platform": by_platform,
        "by_unit": {u: shares([k for k in accounts if u in units[k]]) for u in plain.units},
        "hhi": hhi(accounts),
        "crowded": sorted(crowded, key=lambda row: (-len(row["accounts"]), row["touchpoint"])),
        "surplus": sum(len(ks) - 1 for ks in crowds.values()),
        "removable": removable(plain, flags),
        "silent_objectives": sorted(
            o for o in plain.objectives if not any(o in a["objectives"] for a in accounts.values())
        ),
        "duplicates": duplicates(plain),
        "flags": flags,
    }


def removable(plain, flags):
    accounts, kept, found = plain.accounts, set(plain.accounts), []

    def benefits(k):
        return {plain.objectives[o]["benefit"] for o in accounts[k]["objectives"]}

    def visit(k):
        post = accounts[k]["last_post"]
        return (not flags[k]["dormant"], not flags[k]["no_objective"], post is not None, str(post), k)

    for k in sorted(accounts, key=visit):
        if flags[k]["unplaced"] or (not flags[k]["dormant"] and flags[k]["no_objective"]):
            continue
        others, goes, takers = kept - {k}, True, set()
        for place in accounts[k]["places"]:
            for benefit in benefits(k) or {None}:
                able = {
                    o
                    for o in others
                    if accounts[o]["platform"] == accounts[k]["platform"]
                    and place in accounts[o]["places"]
                    and (benefit is None or benefit in benefits(o))
                }
                goes = goes and bool(able)
                takers |= able
        for objective in accounts[k]["objectives"]:
            goes = goes and any(objective in accounts[o]["objectives"] for o in others)
        if goes:
            kept.discard(k)
            found.append({"account": k, "covered_by": sorted(takers)})
    return found
