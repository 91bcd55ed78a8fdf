"""Orgmap: how the departments of one organisation use social media."""
