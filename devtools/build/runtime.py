"""Run first in the built program: where fontconfig's configuration lies, and clean surroundings.

PyInstaller's bootloader points the dynamic linker at the program's own libraries by a variable,
and every program that FitCheck starts (a file manager, a browser) would inherit it and take them
for its own. The linker has read it by now, so it is put back as it was.
"""

import os
import sys
from pathlib import Path

_inside = Path(getattr(sys, "_MEIPASS"))  # noqa: B009 - there is none where the types are checked

# WeasyPrint's and Qt's. One that was set by whoever started FitCheck is respected.
os.environ.setdefault("FONTCONFIG_FILE", str(_inside / "fontconfig" / "fonts.conf"))

if sys.platform == "win32":
    # WeasyPrint opens Pango with a flag that leaves out the folder of the program. (Not run.)
    os.add_dll_directory(str(_inside))
else:
    for _name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
        if (_before := os.environ.pop(f"{_name}_ORIG", None)) is not None:
            os.environ[_name] = _before
        elif os.environ.get(_name) == str(_inside):
            del os.environ[_name]

# The worker that makes the documents is this very program, but it starts as one of its own: told
# that it is a child, it would rely on the variable that has just been put back.
for _name in [each for each in os.environ if each.startswith("_PYI_")]:
    del os.environ[_name]
