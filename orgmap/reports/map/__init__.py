"""The map: one choice, three lenses.

`choice` is what the address says, `units` and `pairs` the figures that it leaves, `accounts` what flows; `network`,
`flow` and `matrix` are pure: they turn figures into marks at places, which templates draw.
"""
