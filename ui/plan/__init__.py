"""The parts of the plan page: what a section is written in, and what is said around it."""
