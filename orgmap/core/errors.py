"""Refusals that people read."""


class DomainError(Exception):
    """A "no" of the domain, with a whole sentence for the person who asked. Never a programming mistake."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else (self.__doc__ or "").strip()


class EditConflict(DomainError):
    """Someone else changed the record since the form was opened."""
