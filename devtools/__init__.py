"""What `dev.py` does: standard library only, since it runs before anything is installed.

- `tasks`: the command line and its tasks
- `environment`: `.venv`, made from the lock file, and whether it is still right
- `pythons`: which Python to build it with
- `system`: the libraries that Qt and Pango take from the operating system
- `audit`: what is locked, looked over: pinned, licensed, used, without known weaknesses
- `console`: how all of these speak to a person
"""
