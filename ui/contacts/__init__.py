"""The steps by which contacts come into the book: columns, people, and what came of it."""
