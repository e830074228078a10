"""The user guide in a window of the program (F1)."""
