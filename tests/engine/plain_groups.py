"""Group proposals, in the second implementation. See plain.py."""

from fractions import Fraction
from itertools import combinations


def proposals(plain):
    policy = plain.policy
    total = sum((plain.omega(f) for _, f in plain.c), Fraction(0))
    reached = plain.index(lambda p, f: True)
    if not total:
        return []
    c = {key: value[0] for key, value in plain.c.items()}
    groups = dict.fromkeys(plain.units, 0)
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
    scope = {f for u in plain.units for f in plain.fp[u] if f[1] == audience and (f[0] != "purpose" or f[3] == benefit)}
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
            and audience in o["audiences"]
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
