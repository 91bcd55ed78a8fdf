"""Facts: what figures are made of, as it stood at one moment. Loads the engine: not for web pages."""

from orgmap.reports.facts.moment import Facts

__all__ = ["Facts"]
