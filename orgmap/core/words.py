"""Small pieces of sentences."""


def sentence_list(names: list[str], last: str = "or") -> str:
    """Names as a sentence has them: "A", "A or B", "A, B or C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"
