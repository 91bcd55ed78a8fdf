"""A second implementation of the method, for comparison only: fractions, dictionaries and loops, no cleverness.

Written from the method's text, not from the engine. It takes valid input in the plain layout and returns the same
result, apart from `actions`, whose wording is the product's own.
"""

from datetime import date
from fractions import Fraction
from itertools import combinations

from . import plain_groups, plain_reports, plain_sprawl

DEFAULTS = {
    "kinds": {"audience": 1, "channel": 1, "purpose": 1},
    "min_shared": 2,
    "high_overlap": "1/4",
    "high_coverage": "1/2",
    "same_territory": "3/5",
    "strength": {"co_managed": 1, "joint_objective": 1, "working_group": 1, "hand_off": 1, "liaison": "1/2"},
    "unscoped_cap": "1/2",
    "group_min": 3,
    "group_cap": 7,
    "groups_per_department": 3,
    "max_proposals": 5,
    "dormant_days": 90,
    "crowded": 3,
    "lookalike_min_len": 6,
}


def fraction(value):
    return Fraction(str(value))


def floats(value):
    """Every fraction in a result as a float."""
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, dict):
        return {key: floats(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [floats(item) for item in value]
    return value


class Plain:
    """All definitions of section 1, each as one method or attribute."""

    def __init__(self, organisation, level=None):
        self.raw = organisation
        self.today = date.fromisoformat(organisation["as_of"])
        self.unknown = 0
        self.read_policy(organisation.get("policy") or {})
        self.read_catalogue(organisation.get("catalogue") or {})
        self.read_departments(organisation.get("departments") or [], level)
        self.read_records(organisation)
        self.build_footprints()
        self.build_ties(organisation.get("ties") or [])
        self.build_meetings()

    # 1.1
    def read_policy(self, overrides):
        self.policy_out = {}
        for key, value in DEFAULTS.items():
            mine = overrides.get(key)
            if isinstance(value, dict):
                given = {k: v for k, v in (mine or {}).items() if v is not None}
                self.policy_out[key] = {k: self.written(given.get(k, v)) for k, v in value.items()}
            else:
                self.policy_out[key] = self.written(value if mine is None else mine)
        self.policy = {
            k: {i: fraction(j) for i, j in v.items()} if isinstance(v, dict) else fraction(v)
            for k, v in self.policy_out.items()
        }

    @staticmethod
    def written(value):
        exact = fraction(value)
        return int(exact) if exact.denominator == 1 else f"{exact.numerator}/{exact.denominator}"

    def read_catalogue(self, catalogue):
        self.trees = {}
        for name in ("audiences", "markets"):
            rows = catalogue.get(name) or []
            if name == "markets" and not rows:
                rows = [{"id": "*"}]
            known = {row["id"] for row in rows}
            parent = {row["id"]: row.get("parent") if row.get("parent") in known else None for row in rows}
            weight = {row["id"]: Fraction(1) if row.get("weight") is None else fraction(row["weight"]) for row in rows}
            self.trees[name] = (parent, weight)
        self.benefit_ids = sorted(row["id"] for row in catalogue.get("benefits") or [])

    def leaves(self, tree, names):
        parent = self.trees[tree][0]
        found = set()
        for name in names:
            if name not in parent:
                self.unknown += 1
                continue
            for leaf in parent:
                if leaf in parent.values():
                    continue
                node = leaf
                while node is not None:
                    if node == name:
                        found.add(leaf)
                    node = parent[node]
        return found

    def all_leaves(self, tree):
        parent = self.trees[tree][0]
        return {node for node in parent if node not in parent.values()}

    def read_departments(self, rows, level):
        by_id = {row["id"]: row for row in rows}
        self.known_departments = set(by_id)
        self.active = {d for d, row in by_id.items() if (row.get("status") or "active") == "active"}
        self.parent = {}
        for d in self.active:
            up = by_id[d].get("parent")
            while up in by_id and up not in self.active:
                up = by_id[up].get("parent")
            self.parent[d] = up if up in self.active else None
        self.unit_of = {}
        for d in self.active:
            line = self.line(d)[::-1]
            self.unit_of[d] = d if level is None else line[min(level, len(line)) - 1]
        self.units = sorted(set(self.unit_of.values()))
        roots = [d for d in self.active if self.parent[d] is None]
        self.division = {}
        for unit in self.units:
            line = self.line(unit)[::-1]
            self.division[unit] = line[1] if len(roots) == 1 and len(line) > 1 else line[0]

    def line(self, department):
        found = [department]
        while self.parent[found[-1]] is not None:
            found.append(self.parent[found[-1]])
        return found

    def related(self, a, b):
        return a in self.line(b) or b in self.line(a)

    def eligible_pairs(self):
        return [(a, b) for a, b in combinations(self.units, 2) if not self.related(a, b)]

    def list_of(self, row, key):
        return list(row.get(key) or [])

    def known(self, names, universe):
        self.unknown += sum(name not in universe for name in names)
        return [name for name in names if name in universe]

    def owners(self, row):
        found = []
        for d in self.known(self.list_of(row, "departments"), self.known_departments):
            if d in self.active and d not in found:
                found.append(d)
        return found

    def places(self, row):
        """(leaf audiences, places)"""
        audiences = self.leaves("audiences", self.list_of(row, "audiences"))
        named = self.list_of(row, "markets")
        markets = self.leaves("markets", named) if named else self.all_leaves("markets")
        return audiences, {(a, m) for a in audiences for m in markets}

    def within_dates(self, row):
        starts, ends = row.get("starts"), row.get("ends")
        return (starts is None or date.fromisoformat(starts) <= self.today) and (
            ends is None or self.today <= date.fromisoformat(ends)
        )

    def read_records(self, organisation):
        objective_ids = {row["id"] for row in organisation.get("objectives") or []}
        self.objectives = {}
        for row in organisation.get("objectives") or []:
            audiences, places = self.places(row)
            record = {"owners": self.owners(row), "places": places, "benefit": row["benefit"], "audiences": audiences}
            record["by_default"] = bool(row.get("placed_by"))
            if (row.get("status") or "active") == "active" and self.within_dates(row) and record["owners"]:
                self.objectives[row["id"]] = record
        self.accounts = {}
        for row in organisation.get("accounts") or []:
            linked = self.known(self.list_of(row, "objectives"), objective_ids)
            post = row.get("last_post")
            record = {
                "owners": self.owners(row),
                "places": self.places(row)[1],
                "platform": row["platform"],
                "handle": row.get("handle") or "",
                "status": row.get("status") or "active",
                "objectives": {o for o in linked if o in self.objectives},
                "last_post": None if post is None else date.fromisoformat(post),
                "contact": (row.get("contact") or "").strip(),
                "by_default": bool(row.get("placed_by")),
            }
            if record["status"] in ("active", "dormant"):
                self.accounts[row["id"]] = record

    # 1.2
    def weight(self, f):
        return self.policy["kinds"][f[0]] * self.trees["audiences"][1][f[1]] * self.trees["markets"][1][f[2]]

    def build_footprints(self):
        self.fp = {unit: {} for unit in self.units}  # unit -> touchpoint -> evidence ids
        for kind, records in (("account", self.accounts), ("objective", self.objectives)):
            for key, record in records.items():
                for a, m in record["places"]:
                    extra = (
                        ("channel", a, m, record["platform"])
                        if kind == "account"
                        else ("purpose", a, m, record["benefit"])
                    )
                    for f in (("audience", a, m, ""), extra):
                        if self.policy["kinds"][f[0]] == 0:
                            continue
                        for owner in record["owners"]:
                            self.fp[self.unit_of[owner]].setdefault(f, set()).add(f"{kind}:{key}")

    # 1.3
    def build_ties(self, rows):
        found = []
        for key, account in self.accounts.items():
            rule = dict.fromkeys(account["places"])
            found.append(
                self.tie(
                    f"account:{key}", "co_managed", account["owners"], True, [(set(rule), {account["platform"]}, set())]
                )
            )
        for key, objective in self.objectives.items():
            platforms = {a["platform"] for a in self.accounts.values() if key in a["objectives"]}
            found.append(
                self.tie(
                    f"objective:{key}",
                    "joint_objective",
                    objective["owners"],
                    True,
                    [(objective["places"], platforms, {objective["benefit"]})],
                )
            )
        all_objectives = {row["id"] for row in self.raw.get("objectives") or []}
        for row in rows:
            owners = self.owners(row)
            named = self.list_of(row, "objectives")
            known = self.known(named, all_objectives)
            filters = {}
            for key in ("audiences", "markets", "platforms", "benefits"):
                value = row.get(key)
                if value is not None and key in ("audiences", "markets"):
                    value = self.leaves(key, value)
                filters[key] = None if value is None else set(value)
            if (row.get("status") or "active") != "active" or not self.within_dates(row):
                continue
            if named:
                live = sorted({o for o in known if o in self.objectives})
                if not live:
                    continue
                rules = [(self.objectives[o]["places"], None, {self.objectives[o]["benefit"]}) for o in live]
                found.append(self.tie(row["id"], row["kind"], owners, True, rules))
            else:
                audiences, markets = filters["audiences"], filters["markets"]
                places = {
                    (a, m)
                    for a in (self.all_leaves("audiences") if audiences is None else audiences)
                    for m in (self.all_leaves("markets") if markets is None else markets)
                }
                scoped = any(value is not None for value in filters.values())
                rules = [(places, filters["platforms"], filters["benefits"])]
                found.append(self.tie(row["id"], row["kind"], owners, scoped, rules))
        self.ties = sorted((tie for tie in found if len(tie["members"]) > 1), key=lambda tie: tie["id"])

    def tie(self, key, kind, members, scoped, rules):
        n, full = len(members), self.policy["strength"][kind]
        strength = Fraction(0)
        if n > 1:
            if scoped:
                strength = full * min(Fraction(1), (self.policy["group_cap"] - 1) / (n - 1))
            else:
                strength = min(full, self.policy["unscoped_cap"], Fraction(1, n - 1))
        return {"id": key, "kind": kind, "members": members, "strength": strength, "scoped": scoped, "rules": rules}

    @staticmethod
    def covers(tie, f):
        kind, a, m, detail = f
        for places, platforms, benefits in tie["rules"]:
            if (a, m) not in places:
                continue
            if kind == "channel" and platforms is not None and detail not in platforms:
                continue
            if kind == "purpose" and benefits is not None and detail not in benefits:
                continue
            return True
        return False

    def ties_of(self, a, b):
        return [tie for tie in self.ties if {a, b} <= {self.unit_of[d] for d in tie["members"]}]

    def cover(self, ties, f):
        """(c, id of the tie named)."""
        best = (Fraction(0), None)
        for tie in ties:  # by id
            if self.covers(tie, f) and (best[1] is None or tie["strength"] > best[0]):
                best = (tie["strength"], tie["id"])
        return best

    # 1.5
    def build_meetings(self):
        self.pairs = self.eligible_pairs()
        self.pair_ties = {pair: self.ties_of(*pair) for pair in self.pairs}
        self.where = {pair: sorted(self.fp[pair[0]].keys() & self.fp[pair[1]].keys()) for pair in self.pairs}
        self.count = {}
        for pair in self.pairs:
            for f in self.where[pair]:
                self.count[f] = self.count.get(f, 0) + 1
        self.c = {(pair, f): self.cover(self.pair_ties[pair], f) for pair in self.pairs for f in self.where[pair]}

    def omega(self, f):
        return self.weight(f) / self.count[f]

    def index(self, keep):
        """ALIGNMENT over the (pair, touchpoint) that `keep` accepts."""
        above = below = Fraction(0)
        for (pair, f), (c, _) in self.c.items():
            if keep(pair, f):
                above += self.omega(f) * c
                below += self.omega(f)
        return above / below if below else None


def analyse(organisation, level=None):
    """The whole result except `actions`."""
    plain = Plain(organisation, level)
    result = {
        "as_of": organisation["as_of"],
        "units": plain.units,
        "policy": plain.policy_out,
        "completeness": plain_reports.completeness(plain),
        "alignment": plain_reports.alignment(plain),
    }
    rows = plain_reports.pair_rows(plain)
    names = ("left_right_hand", "aligned", "bridged", "independent")
    result["quadrants"] = {name: sum(row["quadrant"] == name for row in rows) for name in names}
    result["pairs"] = [{k: v for k, v in row.items() if k != "high"} for row in rows]
    result["silos"] = plain_reports.silos(plain, rows)
    result["sprawl"] = plain_sprawl.sprawl(plain)
    result["benefits"] = plain_reports.benefits(plain)
    result["proposals"] = plain_groups.proposals(plain)
    return floats(result)
