"""The catalogues of other languages. Unlike the rest of `devtools`, it needs what is in .venv."""
