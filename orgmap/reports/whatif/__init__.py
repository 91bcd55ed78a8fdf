"""What if: steps that nobody has taken yet, tried on a copy of a report's facts. docs/what-if.md."""
