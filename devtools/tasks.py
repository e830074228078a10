"""The command line of `dev.py`, and what each task does once `.venv` stands."""

import argparse
from collections.abc import Callable
from pathlib import Path

from devtools import environment, system
from devtools.console import StopError, say
from devtools.environment import ROOT, script
from devtools.programs import become, call, hear

_RUN_HELP = """\
Start FitCheck. Set-up comes first where it is needed; everything after `run` goes to FitCheck,
which is `python -m fitcheck`, and relative paths are taken from the folder you are in."""

_TEST_HELP = """\
Run the tests. Set-up comes first where it is needed; everything after `test` goes to pytest, as in
`python3 dev.py test tests/domain -k posterior -x`, and `test -- --help` shows pytest's own help.
With nothing after it, all tests run side by side, in a process for each core (eight at most).
Qt draws offscreen unless QT_QPA_PLATFORM says otherwise; --no-skips makes a skipped test fail."""

COUNTED = "counted:"
"""How a soak test begins a line that is to stand in the table at the end."""

# All tests take minutes. Whoever chooses some may want to stop in one, which needs one process.
_ALL_AT_ONCE = ["-n", "auto", "--maxprocesses", "8", "--dist", "worksteal"]


def main(arguments: list[str]) -> int:
    """Carry out one task and return its exit status; where possible the task's process takes over.

    An expected fault is told in words, and ends with status 1. Ctrl-C ends with 130, silently.
    """
    try:
        # These two pass everything on, options too, which argparse can't.
        if arguments[:1] == ["run"]:
            return _run(arguments[1:])
        if arguments[:1] == ["test"] and arguments[1:2] not in (["-h"], ["--help"]):
            return _test(arguments[1:])
        options = _parser().parse_args(arguments)
        task: Callable[[argparse.Namespace], int] = options.task
        return task(options)
    except StopError as stop:
        say(f"\n{stop}")
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description="FitCheck's tasks for developers. Each sets up first what is missing, in "
        ".venv and (where it may) in the system: a minute or two, once.",
        epilog="`python3 dev.py TASK --help` says more.",
    )
    tasks = parser.add_subparsers(title="tasks", metavar="TASK", required=True)

    def add(
        name: str, task: Callable[[argparse.Namespace], int], brief: str, description: str
    ) -> argparse.ArgumentParser:
        sub = tasks.add_parser(
            name,
            help=brief,
            description=description,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        sub.set_defaults(task=task)
        return sub

    run = add("run", lambda _: _run([]), "start FitCheck", _RUN_HELP)
    run.add_argument("argument", nargs="*", help="for FitCheck: try `--help`")

    test = add("test", lambda _: _test([]), "run the tests", _TEST_HELP)
    test.add_argument("argument", nargs="*", help="for pytest")

    setup = add(
        "setup",
        _setup,
        "set up, or bring up to date, and do nothing else",
        "Make .venv with the best Python on this machine (3.13, 3.12, 3.14, 3.11), install the\n"
        "hash-locked requirements and FitCheck into it, and install the system's libraries that\n"
        "Qt and Pango need. Without the rights to do that, the command that does it is named.",
    )
    setup.add_argument("--python", metavar="PATH", help="make .venv with this Python instead")
    setup.add_argument("--rebuild", action="store_true", help="make .venv anew, whatever its state")

    check = add(
        "check",
        _check,
        "ruff, mypy --strict, the import contracts, the catalogues and the dependencies",
        "Check style, layout, types and the import contracts of pyproject.toml: ruff check, ruff\n"
        "format --check, mypy, lint-imports. Then the catalogues: every text is translated, with\n"
        "its placeholders. Then the dependencies: all pinned and hashed, their licences allowed,\n"
        "none unused, none with a known weakness; that last one asks a public database, and says\n"
        "so if it can't be reached. All of it runs, even if a part fails.",
    )
    check.add_argument("--fix", action="store_true", help="first mend what ruff can mend")

    bench = add(
        "bench",
        _bench,
        "measure how quick it is, and write bench/latest.json",
        "Run the benchmarks that are named, which are tests/bench/NAME.py, or all of them, which\n"
        "takes about half an hour on a machine that does nothing else. Their figures are printed\n"
        "with the goals, and kept in bench/latest.json. What follows a single name goes to it.",
    )
    bench.add_argument("--list", action="store_true", help="list the names and do nothing else")
    bench.add_argument("name", nargs="?", metavar="NAME")
    bench.add_argument("argument", nargs=argparse.REMAINDER, help="more names, or for that one")

    soak = add(
        "soak",
        _soak,
        "try what takes too long for every change",
        "Run tests/soak/NAME.py, which does what a test does, but far more of it, and prints what\n"
        "it counted; without a name all of them, one after the other (hours). All run, even if\n"
        "one of them fails.",
    )
    soak.add_argument("--list", action="store_true", help="list the names and do nothing else")
    soak.add_argument("name", nargs="?", metavar="NAME")
    soak.add_argument("argument", nargs=argparse.REMAINDER, help="for the one that is named")

    lock = add(
        "lock",
        _lock,
        "write requirements/*.txt anew",
        "Write requirements/run.txt (what ships) and requirements/dev.txt (that and the tools)\n"
        "from pyproject.toml, for every platform and every Python from 3.11, with the hash of\n"
        "every file. Versions stay as they are unless pyproject.toml rules them out.",
    )
    lock.add_argument("--upgrade", action="store_true", help="take the newest versions instead")

    add(
        "build",
        _build,
        "make the stand-alone program, and pack it",
        "Make dist/FitCheck, a folder that runs without Python, with PyInstaller and build.spec;\n"
        "look whether it is complete and lean; pack it with its licences and a bill of materials,\n"
        "on Linux as a .deb, too; and write the check sums. It takes some three minutes.",
    )

    translate = add(
        "translate",
        _translate,
        "bring the catalogues of other languages up to date",
        "Gather what is to be translated from the code, the templates and the banks into\n"
        "resources/i18n/*.po, compile them, and say what is still missing or wrong.",
    )
    translate.add_argument("--new", metavar="CODE", help="begin another language, such as fr")

    shots = add(
        "shots",
        _shots,
        "take pictures of every screen and every document",
        "Take a PNG of every screen, light and dark, with the prospects of the demonstration, and\n"
        "of the pages of every document, for each recommendation and paper, in every language.\n"
        "The key screens are taken in high contrast and at 150 and 200 % as well, and alone for a\n"
        "--look, a --scale or --only: list, prospect, interview, verdict, plan, report, record,\n"
        "settings.",
    )
    shots.add_argument("--out", metavar="DIR", help="where to write them")
    shots.add_argument("--lang", metavar="CODE", help="only in this language, such as de")
    shots.add_argument(
        "--guide", action="store_true", help="only the pictures of the guide, in each language"
    )
    shots.add_argument("--look", metavar="LOOK,…", help="only the key screens, in these looks")
    shots.add_argument("--scale", metavar="FACTOR,…", help="only the key screens, so much larger")
    shots.add_argument("--only", metavar="SCREEN,…", help="only these of the key screens")
    return parser


# -------------------------------------------------------------------- tasks


def _run(arguments: list[str]) -> int:
    if arguments[:1] in (["-h"], ["--help"]):
        say(f"{_RUN_HELP}\n")
    if arguments[:1] == ["--"]:
        arguments = arguments[1:]
    _set_up(libraries=True)
    # -P: the caller's folder may hold a package that is called `ui`, too.
    return become([script("python"), "-P", "-m", "fitcheck", *arguments])


def _test(arguments: list[str]) -> int:
    if arguments[:1] == ["--"]:
        arguments = arguments[1:]
    _set_up(libraries=True, for_tests=True)
    command = [script("python"), "-m", "pytest", *(arguments or _ALL_AT_ONCE)]
    return become(command, folder=ROOT, offscreen=True)


def _setup(options: argparse.Namespace) -> int:
    _set_up(libraries=True, for_tests=True, python=options.python, rebuild=options.rebuild)
    say("Ready: python3 dev.py run")
    return 0


def _check(options: argparse.Namespace) -> int:
    from devtools.audit import audit

    _set_up()
    if options.fix:
        call([script("ruff"), "check", "--fix", "--quiet"])
        call([script("ruff"), "format", "--quiet"])
    checks = {
        "style": [script("ruff"), "check"],
        "layout": [script("ruff"), "format", "--check"],
        "types": [script("mypy")],
        # Its cache keeps an import as it was resolved before the imported module existed.
        "import contracts": [script("lint-imports"), "--no-logo", "--no-cache"],
        "catalogues": [script("python"), "-m", "devtools.translation", "--check"],
    }
    failed = []
    for name, command in checks.items():
        say(f"\n== {name}")
        if call(command) != 0:
            failed.append(name)
    say("\n== dependencies")
    try:
        good = audit()
    except StopError as stop:
        say(str(stop))
        good = False
    if not good:
        failed.append("dependencies")
    say(f"\ncheck: failed: {', '.join(failed)}" if failed else "\ncheck: all good")
    return 1 if failed else 0


def _bench(options: argparse.Namespace) -> int:
    names = _modules("bench")
    if options.list:
        print("\n".join(names))
        return 0
    if options.name is not None and options.name not in names:
        known = ", ".join(names)
        raise StopError(f"There is no benchmark `{options.name}`. There are: {known}.")
    _set_up(libraries=True)
    chosen = [options.name, *options.argument] if options.name is not None else []
    command = [script("python"), "-m", "tests.bench", *chosen]
    return become(command, folder=ROOT, offscreen=True)


def _soak(options: argparse.Namespace) -> int:
    names = _modules("soak")
    if options.list:
        print("\n".join(names))
        return 0
    if options.name is not None and options.name not in names:
        raise StopError(f"There is no soak test `{options.name}`. There are: {', '.join(names)}.")
    _set_up(libraries=True, for_tests=True)
    if options.name is not None:
        command = [script("python"), "-m", f"tests.soak.{options.name}", *options.argument]
        return become(command, folder=ROOT, offscreen=True)
    failed, counted = [], list[tuple[str, str]]()
    for name in names:
        say(f"\n== {name}")
        status, lines = hear([script("python"), "-m", f"tests.soak.{name}"])
        if status != 0:
            failed.append(name)
        told = [line.removeprefix(COUNTED).strip() for line in lines if line.startswith(COUNTED)]
        counted += [(name, line) for line in told or lines[-1:]]
    width = max((len(name) for name, _ in counted), default=0)
    say("\n== counted")
    for name, line in counted:
        say(f"{name:{width}}  {'FAILED  ' if name in failed else ''}{line}")
    say(f"\nsoak: failed: {', '.join(failed)}" if failed else "\nsoak: all good")
    return 1 if failed else 0


def _modules(folder: str) -> list[str]:
    files = (ROOT / "tests" / folder).glob("*.py")
    return sorted(file.stem for file in files if not file.stem.startswith("_"))


def _lock(options: argparse.Namespace) -> int:
    from devtools.locking import lock

    _set_up()
    lock(upgrade=options.upgrade)
    _set_up()
    return 0


def _build(_options: argparse.Namespace) -> int:
    _set_up(libraries=True, for_build=True)
    return become([script("python"), "-m", "devtools.build"], folder=ROOT, offscreen=True)


def _translate(options: argparse.Namespace) -> int:
    _set_up()
    new = ["--new", options.new] if options.new else []
    return become([script("python"), "-m", "devtools.translation", *new], folder=ROOT)


def _shots(options: argparse.Namespace) -> int:
    _set_up(libraries=True)
    out = ["--out", str(Path(options.out).resolve())] if options.out else []
    chosen = ["--guide"] if options.guide else []
    for name in ("lang", "look", "scale", "only"):
        if given := getattr(options, name):
            chosen += [f"--{name}", given]
    command = [script("python"), "-m", "tests.shots", *out, *chosen]
    return become(command, folder=ROOT, offscreen=True)


# ------------------------------------------------------------------- set-up


def _set_up(
    *,
    libraries: bool = False,
    for_tests: bool = False,
    for_build: bool = False,
    python: str | None = None,
    rebuild: bool = False,
) -> None:
    """Bring about what a task needs; nothing is done, and nothing printed, where it is there.

    `libraries`: Qt's and Pango's; `for_tests`: Xvfb and Java as well; `for_build`: the tools that
    a build needs; `python` and `rebuild`: make .venv anew.
    """
    rebuild = rebuild or python is not None
    if not rebuild and environment.is_ready():
        if libraries:
            _need_libraries(script("python"), for_tests=for_tests, for_build=for_build)
        return
    with environment.alone():
        # Whoever was waited for may have done it all.
        if not rebuild and environment.is_ready():
            pass
        elif not rebuild and environment.usable():
            environment.update()
        else:
            _make(python, libraries=libraries, for_tests=for_tests)
        if libraries:
            _need_libraries(script("python"), for_tests=for_tests, for_build=for_build)


def _make(path: str | None, *, libraries: bool, for_tests: bool) -> None:
    from devtools import pythons

    python = pythons.chosen(path) if path else pythons.best()
    venv_package = system.venv_package(python) if python.missing else ()
    # Before the long download, and all that is lacking in one command.
    lacking: list[str] = []
    if libraries and "ctypes" not in python.missing:
        lacking = system.missing(python.path, for_tests=for_tests)
    if lacking or venv_package:
        system.mend(lacking, venv_package)
    environment.create(python)


def _need_libraries(python: str, *, for_tests: bool, for_build: bool) -> None:
    lacking = system.missing(python, for_tests=for_tests, for_build=for_build)
    if lacking:
        system.mend(lacking)
        still = system.missing(python, for_tests=for_tests, for_build=for_build)
        if still:
            raise StopError(
                f"These parts of the system are still missing: {', '.join(still)}.\n"
                f"{system.advice(still)}"
            )
