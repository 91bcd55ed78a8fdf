"""Taking changes back: what was done, what stands in the way, the way back, and who may."""
