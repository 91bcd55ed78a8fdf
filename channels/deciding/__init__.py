"""Many findings at once: choose > say what > decide > tell those who have them now."""
