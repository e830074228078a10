"""The product's ideas as plain Python: no I/O, no Qt, no SQL, no templates."""
