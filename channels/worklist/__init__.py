"""The audit as people read it: which findings, how many, and what can be done about each."""
