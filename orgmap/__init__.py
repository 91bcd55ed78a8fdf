"""Orgmap: how the departments of one organisation use social media."""

__version__ = "0.1.0"
