"""`dev.py shots`: what it takes, and what it says of a wish that it can't fulfil."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from fitcheck.i18n import languages
from fitcheck.settings import Look
from tests.shots import __main__ as shots
from tests.shots.looks import KEY, SCALES


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (("--look", "foo"), "“foo” is none of light, dark, contrast, contrast-dark"),
        (("--look", "light,,dark"), "“” is none of light"),
        (("--only", "lists"), "“lists” is none of list, "),
        (("--scale", "abc"), "“abc” is no factor from 1 to 3"),
        (("--scale", "1,nan"), "“nan” is no factor"),
        (("--scale", "150"), "“150” is no factor"),
        (("--guide", "--look", "dark"), "--guide takes other pictures"),
        (("--out", __file__), "can’t be written to"),
    ],
)
def test_a_wish_that_cannot_be_fulfilled_is_told_in_words(
    wish: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        shots.main(wish)
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


def test_every_look_is_taken_at_every_scale_in_every_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: set[tuple[str, Look, str]] = set()

    def pictures(code: str, _camera: object, looks: tuple[Look, ...]) -> None:
        taken.update((code, look, "1") for look in looks)

    def take_at(scale: str, looks: tuple[Look, ...], only: object, _out: Path, code: str) -> None:
        assert only == KEY
        taken.update((code, look, scale) for look in looks)

    monkeypatch.setattr(shots, "_application", lambda code: code)
    monkeypatch.setattr(shots, "pictures", pictures)
    monkeypatch.setattr(shots, "take_at", take_at)
    assert shots.main(("--out", str(tmp_path))) == 0
    looks = (Look.LIGHT, Look.DARK, Look.CONTRAST)
    assert taken >= set(product(languages(), looks, SCALES))
