"""Reports of the second implementation: completeness, pairs, alignment, silos, benefits. See plain.py."""

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
