"""Which superior a row names, said the same way whether the list is read for the first time or again."""

from channels.imports.known import World
from channels.imports.planning.draft import Draft
from channels.imports.records import List
from channels.imports.values import parts
from departments.labels import key, split_acronym


class Superiors:
    """The superiors that a list names, each as the key of one name; none where neither list nor map has it."""

    def __init__(self, found: List, world: World) -> None:
        self.world = world
        self.names: dict[str, str] = {}
        """From every name of a row to the one that it is called by."""
        for entry in found.entries:
            name = split_acronym(entry.get("name"))[0]
            for said in (name, entry.get("name")):
                self.names.setdefault(key(said), key(name))
        for entry in found.entries:
            name, bracketed = split_acronym(entry.get("name"))
            for said in (*parts(entry.get("label")), bracketed, entry.get("acronym")):
                self.names.setdefault(key(said), key(name))
        self.names.pop("", None)
        self.on_map = {label: self._on_map(label) for label in {entry.get("parent") for entry in found.entries}}
        self.repeated = self._repeated(found)
        """Names that stand in the list below more than one superior: "Human resources" of each division."""

    def named(self, label: str, name: str) -> str:
        """The superior that a cell of a department's row names; none where that is the department itself."""
        found = self.names.get(key(label)) or self.on_map.get(label, "")
        return "" if found == key(name) else found

    def of(self, drafts: dict[int, Draft], pk: int) -> str:
        """The superior of a department of the map or of a row above."""
        if pk in drafts and drafts[pk].pk < 0:
            return self.named(drafts[pk].entry.get("parent"), drafts[pk].name)
        parent = self.world.index.departments[pk].parent
        above = key(self.world.index.departments[parent].name) if parent is not None else ""
        return self.names.get(above, above)

    def _on_map(self, label: str) -> str:
        found = self.world.index.find(label) if key(label) else None
        if found is None or found.problem or not found.departments:
            return ""
        name = key(self.world.index.departments[found.departments[0]].name)
        return self.names.get(name, name)

    def _repeated(self, found: List) -> set[str]:
        above: dict[str, set[str]] = {}
        for entry in found.entries:
            name = split_acronym(entry.get("name"))[0]
            above.setdefault(key(name), set()).add(self.named(entry.get("parent"), name))
        return {name for name, parents in above.items() if len(parents) > 1}
