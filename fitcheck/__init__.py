"""FitCheck's core: the bank, the judgement, the store, the use-cases and the command line.

Nothing in this package imports Qt, Jinja or WeasyPrint, so that it can be tested, scripted and
reasoned about without them (an import contract in ``pyproject.toml`` keeps it so).
"""

__version__ = "0.1.0"

RENDER_WORKER = "render-worker"
"""What the window starts this program as, to make its documents: not a command for people."""
