"""The parts of the page of the track record."""
