"""What `dev.py build` makes: the stand-alone program, its archive, its bill of materials, its .deb.

``build.spec`` says what goes into the program and asks :mod:`devtools.build.contents` what of all
that PyInstaller found is left out. Everything here but :mod:`devtools.build.runtime`, which runs in
the built program, runs in ``.venv``.
"""
