"""Lists that people already have: read > map > plan > apply > undo.

``reading`` turns bytes into rows, ``headers`` their columns into our fields, ``plan`` compares the rows with the map
without writing anything, ``apply`` writes a plan in one transaction, ``undo`` takes an applied list back.
docs/import.md says what a list may look like.
"""
