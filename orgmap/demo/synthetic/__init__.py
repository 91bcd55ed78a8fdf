"""An organisation of any size that looks like a real one and means nothing: for measuring, and for trying things out.

Everything is drawn from one seed: the same size and seed give the same organisation. Nothing here reads the clock.
"""
