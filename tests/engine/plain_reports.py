"""The reports of the second implementation: pairs, alignment, silos, sprawl, benefits, proposals. See plain.py."""

import re
import unicodedata
from datetime import timedelta
from fractions import Fraction
from itertools import combinations


def written(f):
    return "|".join(f)


def ratio(part, whole):
    return Fraction(part) / whole if whole else None


def completeness(plain):
    accounts, objectives = list(plain.accounts.values()), list(plain.objectives.values())
    found = {
        "departments_registered": ratio(sum(bool(plain.fp[u]) for u in plain.units), len(plain.units)),
        "accounts_placed": ratio(sum(bool(a["places"]) and not a["by_default"] for a in accounts), len(accounts)),
        "accounts_with_objective": ratio(sum(bool(a["objectives"]) for a in accounts), len(accounts)),
        "accounts_with_contact": ratio(sum(bool(a["contact"]) for a in accounts), len(accounts)),
        "accounts_with_activity": ratio(
            sum(a["last_post"] is not None or a["status"] == "dormant" for a in accounts), len(accounts)
        ),
        "objectives_placed": ratio(sum(bool(o["places"]) and not o["by_default"] for o in objectives), len(objectives)),
    }
    for key, records in (("accounts_placed_by_default", accounts), ("objectives_placed_by_default", objectives)):
        count = sum(bool(r["places"]) and r["by_default"] for r in records)
        if count:
            found[key] = ratio(count, len(records))
    if plain.unknown:
        found["unknown_ids"] = plain.unknown
    return found


def pair_rows(plain):
    size = {u: sum((plain.weight(f) for f in plain.fp[u]), Fraction(0)) for u in plain.units}
    rows = []
    for a, b in plain.pairs:
        shared_places, ties = plain.where[a, b], plain.pair_ties[a, b]
        if not shared_places and not ties:
            continue
        shared = sum((plain.weight(f) for f in shared_places), Fraction(0))
        covered = sum((plain.weight(f) * plain.c[(a, b), f][0] for f in shared_places), Fraction(0))
        overlap, jaccard = ratio(shared, min(size[a], size[b])), ratio(shared, size[a] + size[b] - shared)
        coverage = ratio(covered, shared)
        strongest = max((tie["strength"] for tie in ties), default=Fraction(0))
        policy = plain.policy
        enough = shared >= policy["min_shared"]
        high = enough and overlap is not None and overlap >= policy["high_overlap"]
        met = (coverage or 0) >= policy["high_coverage"] if high else strongest >= policy["high_coverage"]
        rows.append(
            {
                "a": a,
                "b": b,
                "shared": shared,
                "size_a": size[a],
                "size_b": size[b],
                "share_a": ratio(shared, size[a]),
                "share_b": ratio(shared, size[b]),
                "overlap": overlap,
                "jaccard": jaccard,
                "covered": covered,
                "coverage": coverage,
                "gap": shared - covered,
                "ties": [tie["id"] for tie in ties],
                "tie_strength": strongest,
                "quadrant": {(1, 0): "left_right_hand", (1, 1): "aligned", (0, 1): "bridged", (0, 0): "independent"}[
                    high, met
                ],
                "one_owner": enough and jaccard is not None and jaccard >= policy["same_territory"],
                "touchpoints": [
                    {
                        "touchpoint": written(f),
                        "weight": plain.weight(f),
                        "coverage": plain.c[(a, b), f][0],
                        "tie": plain.c[(a, b), f][1],
                        "evidence": {u: sorted(plain.fp[u][f]) for u in (a, b)},
                    }
                    for f in shared_places
                ],
                "high": high,
            }
        )
    return sorted(rows, key=lambda r: (-r["gap"], -r["shared"], -(r["overlap"] or 0), r["a"], r["b"]))


def alignment(plain):
    contested = sorted(plain.count)
    best = {f: max(c for (_, g), (c, _) in plain.c.items() if g == f) for f in contested}
    tau = plain.policy["high_coverage"]
    fields = {"kind": 0, "audience": 1, "market": 2}
    return {
        "alignment": plain.index(lambda pair, f: True),
        "contested": len(contested),
        "touchpoints": len({f for u in plain.units for f in plain.fp[u]}),
        "blind": sum(best[f] < tau for f in contested),
        "by_unit": {
            u: {
                "alignment": plain.index(lambda pair, f, u=u: u in pair),
                "weight": sum((plain.omega(f) for pair, f in plain.c if u in pair), Fraction(0)) / 2,
                "contested": len({f for pair, f in plain.c if u in pair}),
            }
            for u in plain.units
        },
        "by": {
            name: {
                value: plain.index(lambda pair, f, at=at, value=value: f[at] == value)
                for value in sorted({f[at] for f in contested})
            }
            for name, at in fields.items()
        },
        "by_touchpoint": [
            {
                "touchpoint": written(f),
                "units": [u for u in plain.units if f in plain.fp[u]],
                "pairs": plain.count[f],
                "weight": plain.weight(f),
                "alignment": plain.index(lambda pair, g, f=f: f == g),
                "blind": best[f] < tau,
            }
            for f in contested
        ],
    }


def pieces(nodes, edges):
    left, found = set(nodes), []
    while left:
        group, todo = set(), [min(left)]
        while todo:
            node = todo.pop()
            if node not in group:
                group.add(node)
                todo += [x for e in edges if node in e for x in e if x != node and x in left]
        left -= group
        found.append(sorted(group))
    return sorted(found, key=lambda g: (-len(g), g[0]))


def silos(plain, rows):
    tau, division = plain.policy["high_coverage"], plain.division
    edges = sorted((r["a"], r["b"]) for r in rows if r["ties"] and r["tie_strength"] >= tau)
    near = {u: {x for e in edges if u in e for x in e if x != u} for u in plain.units}
    nodes = [u for u in plain.units if plain.fp[u] or near[u]]
    meets = {u for pair, _ in plain.c for u in pair}
    within = plain.index(lambda p, f: division[p[0]] == division[p[1]])
    across = plain.index(lambda p, f: division[p[0]] != division[p[1]])
    islands, keystones = pieces(nodes, edges), []
    for u in nodes:
        island = next(i for i in islands if u in i)
        parts = pieces([n for n in island if n != u], [e for e in edges if u not in e])
        if len(parts) > 1:
            keystones.append({"unit": u, "would_split_into": parts})

    def ei(pairs):
        external = sum(division[a] != division[b] for a, b in pairs)
        return ratio(2 * external - len(pairs), len(pairs))

    brokers = {}
    for u in (n for n in nodes if near[n]):
        k = len(near[u])
        t = sum(y in near[x] for x, y in combinations(near[u], 2))
        constraint = Fraction(0)
        for j in near[u]:
            indirect = sum((Fraction(1, k) * Fraction(1, len(near[q])) for q in near[u] & near[j]), Fraction(0))
            constraint += (Fraction(1, k) + indirect) ** 2
        brokers[u] = {
            "ties": k,
            "circles": k - Fraction(2 * t, k),
            "constraint": constraint,
            "divisions": len({division[x] for x in near[u]} - {division[u]}),
        }
    modularity = None
    if edges:
        modularity = Fraction(0)
        for d in {division[u] for u in nodes}:
            inside = sum(division[a] == division[b] == d for a, b in edges)
            ends = sum(len(near[u]) for u in nodes if division[u] == d)
            modularity += Fraction(inside, len(edges)) - Fraction(ends, 2 * len(edges)) ** 2
    return {
        "within": within,
        "across": across,
        "silo_gap": None if within is None or across is None else within - across,
        "divisions": {
            d: {
                "inside": plain.index(lambda p, f, d=d: division[p[0]] == d == division[p[1]]),
                "outside": plain.index(lambda p, f, d=d: (division[p[0]] == d) != (division[p[1]] == d)),
            }
            for d in sorted({division[u] for u in nodes})
        },
        "islands": islands,
        "isolates_exposed": [u for u in nodes if not near[u] and u in meets],
        "isolates_harmless": [u for u in nodes if not near[u] and u not in meets],
        "unregistered": [u for u in plain.units if u not in nodes],
        "ei_actual": ei(edges),
        "ei_needed": ei([(r["a"], r["b"]) for r in rows if r["high"]]),
        "keystones": keystones,
        "brokers": brokers,
        "edges": edges,
        "modularity_of_chart": modularity,
    }


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


def benefits(plain):
    grid = {u: dict.fromkeys(plain.benefit_ids, "none") for u in plain.units}
    for key, objective in plain.objectives.items():
        staffed = any(key in a["objectives"] for a in plain.accounts.values())
        for d in objective["owners"]:
            row = grid[plain.unit_of[d]]
            if objective["benefit"] in row and row[objective["benefit"]] != "staffed":
                row[objective["benefit"]] = "staffed" if staffed else "declared"
    by_benefit = {}
    for b in plain.benefit_ids:
        units = [u for u in plain.units if grid[u][b] != "none"]
        staffed = [u for u in plain.units if grid[u][b] == "staffed"]
        state = "gap" if not units else "declared" if not staffed else "single" if len(units) == 1 else "shared"
        by_benefit[b] = {
            "state": state,
            "units": units,
            "staffed": staffed,
            "alignment": plain.index(lambda p, f, b=b: f[0] == "purpose" and f[3] == b),
        }
    coverage = ratio(sum(bool(row["staffed"]) for row in by_benefit.values()), len(by_benefit))
    return {"coverage": coverage, "by_benefit": by_benefit, "grid": grid}


def proposals(plain):
    policy = plain.policy
    total = sum((plain.omega(f) for _, f in plain.c), Fraction(0))
    reached = plain.index(lambda p, f: True)
    if not total:
        return []
    c = {key: value[0] for key, value in plain.c.items()}
    groups = {u: 0 for u in plain.units}
    for tie in plain.ties:
        if tie["kind"] == "working_group":
            for u in {plain.unit_of[d] for d in tie["members"]}:
                groups[u] += 1
    topics = sorted({(f[3], f[1]) for f in plain.count if f[0] == "purpose"})
    rows = []
    while len(rows) < policy["max_proposals"]:
        offers = [offer for topic in topics if (offer := grow(plain, topic, c, groups, total))]
        if not offers:
            break
        best = min(offers, key=lambda o: (-o["gain"], len(o["members"]), o["benefit"], o["audience"]))
        scope = best.pop("scope")
        for pair, f in c:
            if set(pair) <= set(best["members"]) and f in scope:
                c[pair, f] = Fraction(1)
        for u in best["members"]:
            groups[u] += 1
        reached += best["gain"]
        rows.append(best | {"alignment_after": reached})
    return rows


def grow(plain, topic, c, groups, total):
    policy, (benefit, audience) = plain.policy, topic
    scope = {
        f for u in plain.units for f in plain.fp[u] if f[1] == audience and (f[0] != "purpose" or f[3] == benefit)
    }
    candidates = [
        u
        for u in plain.units
        if groups[u] < policy["groups_per_department"]
        and any(f[0] == "purpose" and f[1] == audience and f[3] == benefit for f in plain.fp[u])
    ]
    weight, everything = {}, Fraction(0)
    for (pair, f), covered in c.items():
        if f in scope:
            everything += plain.omega(f) * (1 - covered)
            if set(pair) <= set(candidates):
                weight[pair] = weight.get(pair, 0) + plain.omega(f) * (1 - covered)

    def w(a, b):
        return weight.get((min(a, b), max(a, b)), Fraction(0))

    if not weight or max(weight.values()) <= 0:
        return None
    members = list(min(weight, key=lambda pair: (-weight[pair], pair)))
    while len(members) < policy["group_cap"]:
        rest = [u for u in candidates if u not in members]
        if not rest:
            break
        best = min(rest, key=lambda u: (-sum(w(u, m) for m in members), u))
        if sum(w(best, m) for m in members) <= 0:
            break
        members.append(best)
    if len(members) < policy["group_min"]:
        return None
    members.sort()
    inside = sum((w(a, b) for a, b in combinations(members, 2)), Fraction(0))
    common = [d for d in plain.line(members[0]) if all(d in plain.line(m) for m in members)]
    return {
        "benefit": benefit,
        "audience": audience,
        "members": members,
        "lead": min(members, key=lambda u: (-sum(w(u, m) for m in members if m != u), u)),
        "sponsor": common[0] if common else None,
        "objectives": sorted(
            key
            for key, o in plain.objectives.items()
            if o["benefit"] == benefit
            and any(a == audience for a, _ in o["places"])
            and any(plain.unit_of[d] in members for d in o["owners"])
        ),
        "pairs_closed": sum(
            any(f in scope and (pair, f) in c and c[pair, f] < 1 for f in plain.where[pair])
            for pair in combinations(members, 2)
            if pair in plain.where
        ),
        "gain": inside / total,
        "closes": inside / everything,
        "scope": scope,
    }
