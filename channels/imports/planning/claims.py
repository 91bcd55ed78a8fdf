"""Which department of a list a further name belongs to, where rows contradict each other.

A list that is imported twice must do nothing the second time. So whatever a row was looked up by is its department's
from then on: a row below that gives the same name to another department loses it, with a sentence.
"""

from dataclasses import dataclass, field

from channels.imports.known import World
from channels.imports.planning.draft import Draft
from channels.imports.records import Plan
from departments.labels import key, split_acronym

SEVERAL = 0
"""The owner of a name that stands below more than one superior."""


@dataclass
class Claims:
    """Names of a list, as keys, with the department that each belongs to."""

    plan: Plan
    world: World
    owners: dict[str, int] = field(default_factory=dict)
    held: dict[str, set[int]] = field(default_factory=dict)
    """The same for looking up: a name without several owners."""

    def hold(self, pk: int, names: list[str]) -> None:
        """These are a department's from now on, as far as they are nobody's."""
        for name in names:
            if self.owners.setdefault(name, pk) == pk != SEVERAL:
                self.held[name] = {pk}

    def leave(self, draft: Draft, pk: int) -> None:
        """Take from a row the further names that belong to another department."""
        draft.aliases = [alias for alias in draft.aliases if self._is_free(draft, pk, alias)]
        acronym = draft.fields["acronym"]
        if acronym and not self._is_free(draft, pk, acronym):
            draft.fields["acronym"] = ""

    def _is_free(self, draft: Draft, pk: int, name: str) -> bool:
        owners = {self.owners.get(each, pk) for each in (key(name), key(split_acronym(name)[0]))}
        other = next((owner for owner in sorted(owners) if owner != pk), None)
        if other is None:
            return True
        whose = f"'{self.world.index.label(other)}'" if other != SEVERAL else "several departments of this list"
        self.plan.remark(
            draft.line,
            name,
            f"'{name}' means {whose} further up, so it was not kept as another name of '{draft.name}'. "
            "Write it in the rows of one department only.",
        )
        return False
