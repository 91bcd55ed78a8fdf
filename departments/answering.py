"""Who answers for a department when something is to be asked: its head and deputy, else those of the nearest above."""

from __future__ import annotations

from dataclasses import dataclass

from departments.models import Department, Membership
from orgmap.users.models import Role, User


@dataclass(frozen=True)
class Answering:
    """Everybody who answers, and the tree, as of one moment: two queries for the whole organisation."""

    heads: dict[int, User]
    deputies: dict[int, User]
    parents: dict[int, int | None]

    @classmethod
    def now(cls) -> Answering:
        places = Membership.objects.filter(
            role__in=[Membership.Role.HEAD, Membership.Role.DEPUTY], user__is_active=True, user__role=Role.HEAD
        ).select_related("user")
        by_role: dict[str, dict[int, User]] = {Membership.Role.HEAD: {}, Membership.Role.DEPUTY: {}}
        for place in places.order_by("pk"):
            by_role[place.role][place.department_id] = place.user
        return cls(
            by_role[Membership.Role.HEAD],
            by_role[Membership.Role.DEPUTY],
            dict(Department.objects.order_by().values_list("pk", "parent_id")),
        )

    def place(self, department: int | None) -> int | None:
        """The department itself or the nearest above that has a head or a deputy; None: nobody answers."""
        while department is not None and department not in self.heads and department not in self.deputies:
            department = self.parents.get(department)
        return department

    def people(self, department: int | None) -> list[User]:
        """Head and deputy of that place, the head first."""
        place = self.place(department)
        found = [self.heads.get(place), self.deputies.get(place)] if place is not None else []
        return list(dict.fromkeys(person for person in found if person is not None))

    def head(self, department: int | None) -> User | None:
        """Whom to ask; the deputy where no head is named."""
        return next(iter(self.people(department)), None)

    def deputy(self, department: int | None) -> User | None:
        """Whom to ask when the head has not answered; the head again where no deputy is named."""
        return next(reversed(self.people(department)), None)

    def above(self, department: int | None) -> User | None:
        """Who answers further up, when head and deputy have not answered: the nearest person who is neither of them."""
        place = self.place(department)
        asked = self.people(place)
        while place is not None:
            place = self.place(self.parents.get(place))
            for person in self.people(place):
                if person not in asked:
                    return person
        return None
