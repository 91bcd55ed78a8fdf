"""The one refusal of the engine."""


class MalformedOrganisation(ValueError):
    """The plain layout holds a value that the method cannot read; the message starts with that value's path."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path = path
        self.problem = problem
