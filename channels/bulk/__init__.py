"""Many accounts at once: choose > say what > preview > apply > undo."""
