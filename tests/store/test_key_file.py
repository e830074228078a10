"""The key file: every way in, and no other."""

from __future__ import annotations

import json
import secrets
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl import pwhash
from nacl.secret import SecretBox

from fitcheck.store import key_file
from fitcheck.store.key_file import (
    COST,
    KEY_BYTES,
    Cost,
    FromNewer,
    KeyFile,
    Mistyped,
    Unreadable,
    _check_sum,
    parse_recovery_text,
    recovery_text,
)

CHEAP = Cost(pwhash.argon2id.OPSLIMIT_MIN, pwhash.argon2id.MEMLIMIT_MIN)
KEY = secrets.token_bytes(32)


def protected(passphrase: str = "correct horse") -> KeyFile:
    return KeyFile.unprotected(KEY).protect(KEY, passphrase, CHEAP)


def read_back(file: KeyFile) -> KeyFile:
    return KeyFile.from_bytes(file.to_bytes())


def test_an_unprotected_key_lies_open() -> None:
    file = read_back(KeyFile.unprotected(KEY))
    assert file.open_key == KEY
    assert not file.protected


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_only_the_passphrase_opens_it(passphrase: str, other: str) -> None:
    file = read_back(protected(passphrase))
    assert file.protected
    assert file.unlock_by_passphrase(passphrase) == KEY
    if normalize("NFC", other) != normalize("NFC", passphrase):
        assert file.unlock_by_passphrase(other) is None


@pytest.mark.parametrize(
    ("set_", "typed"),
    [("Gr\u00fc\u00dfe an alle", "Gru\u0308\u00dfe an alle"), ("half \ud83d", "half \ud83d")],
)
def test_a_passphrase_is_what_was_meant_not_how_a_keyboard_says_it(set_: str, typed: str) -> None:
    assert protected(set_).unlock_by_passphrase(typed) == KEY


def test_an_open_key_is_in_no_repr() -> None:
    file = KeyFile.unprotected(KEY)
    assert repr(KEY) not in repr(file)
    assert KEY.hex() not in repr(file)


@pytest.mark.parametrize(
    ("wrap", "name", "value"),
    [
        ("passphrase", "memory", 1 << 40),
        ("passphrase", "memory", 0),
        ("passphrase", "operations", 1000),
        ("passphrase", "operations", 0),
        ("passphrase", "salt", "00"),
        ("passphrase", "box", "00"),
        ("recovery", "box", ""),
    ],
)
def test_a_wrap_that_cannot_be_is_damage(wrap: str, name: str, value: object) -> None:
    written = json.loads(protected().with_recovery_key(KEY)[0].to_bytes())
    written[wrap][name] = value
    del written["check"]
    written["check"] = _check_sum(written)
    with pytest.raises(Unreadable):
        KeyFile.from_bytes(json.dumps(written).encode())


def test_a_wrapped_key_needs_a_passphrase() -> None:
    written = json.loads(protected().to_bytes())
    del written["passphrase"], written["check"]
    written["check"] = _check_sum(written)
    with pytest.raises(Unreadable):
        KeyFile.from_bytes(json.dumps(written).encode())


def test_what_is_not_wrapped_is_not_opened() -> None:
    file = KeyFile.unprotected(KEY)
    assert file.unlock_by_passphrase("correct horse") is None
    assert not file.unlock_by_recovery_key(bytes(20))
    assert not file.unlock_by_keyring(bytes(32))


def test_a_protected_file_holds_no_key_in_the_open() -> None:
    data = protected().to_bytes()
    assert KEY.hex().encode() not in data
    assert KEY not in data


def test_changing_the_passphrase_keeps_the_data_key_and_the_other_ways_in() -> None:
    with_recovery, recovery_key = protected("old").with_recovery_key(KEY)
    changed = read_back(with_recovery.protect(KEY, "new", CHEAP))
    assert changed.unlock_by_passphrase("old") is None
    assert changed.unlock_by_passphrase("new") == KEY
    assert changed.unlock_by_recovery_key(recovery_key) == KEY


def test_a_new_recovery_key_replaces_the_old_one() -> None:
    first, old = protected().with_recovery_key(KEY)
    second, new = first.with_recovery_key(KEY)
    assert read_back(second).unlock_by_recovery_key(old) is None
    assert read_back(second).unlock_by_recovery_key(new) == KEY


def test_the_keyring_is_a_convenience_that_can_be_forgotten() -> None:
    file, secret = protected().with_keyring(KEY)
    assert read_back(file).unlock_by_keyring(secret) == KEY
    assert read_back(file).unlock_by_keyring(secrets.token_bytes(32)) is None
    assert read_back(file.without_keyring()).unlock_by_keyring(secret) is None
    assert file.without_keyring().unlock_by_passphrase("correct horse") == KEY


@pytest.mark.parametrize("position", range(0, 400, 7))
def test_a_flipped_character_is_damage_and_not_a_wrong_passphrase(position: int) -> None:
    data = bytearray(protected().with_recovery_key(KEY)[0].to_bytes())
    position %= len(data)
    data[position] ^= 0x01
    with pytest.raises(Unreadable):
        KeyFile.from_bytes(bytes(data))


def test_a_newer_file_is_told_from_a_damaged_one() -> None:
    written = json.loads(protected().to_bytes())
    written["version"] = 2
    with pytest.raises(FromNewer):
        KeyFile.from_bytes(json.dumps(written).encode())


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_are_taken_for_a_key_file_by_accident(data: bytes) -> None:
    with pytest.raises(Unreadable):
        KeyFile.from_bytes(data)


@given(st.binary(min_size=20, max_size=20))
def test_a_recovery_key_survives_paper_and_a_tired_hand(recovery_key: bytes) -> None:
    text = recovery_text(recovery_key)
    assert len(text.split("-")) == 9
    assert parse_recovery_text(text) == recovery_key
    careless = text.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert parse_recovery_text(f" {careless}\n") == recovery_key


@given(st.binary(min_size=20, max_size=20), st.integers(0, 35), st.sampled_from("ABCXYZ789"))
def test_a_slip_of_the_pen_is_noticed(recovery_key: bytes, place: int, other: str) -> None:
    characters = list(recovery_text(recovery_key).replace("-", ""))
    if characters[place] == other:
        return
    characters[place] = other
    with pytest.raises(Mistyped):
        parse_recovery_text("".join(characters))


@pytest.mark.parametrize("typed", ["", "ABCD", "0" * 35, "0" * 37, "ü" * 36, "UUUU" * 9])
def test_what_can_be_no_recovery_key_is_refused(typed: str) -> None:
    with pytest.raises(Mistyped):
        parse_recovery_text(typed)


def test_the_numbers_of_libsodium_are_libsodiums_own() -> None:
    kdf = pwhash.argon2id
    assert Cost(kdf.OPSLIMIT_MODERATE, kdf.MEMLIMIT_MODERATE) == COST
    assert kdf.SALTBYTES == key_file._SALT_BYTES
    assert key_file._BOX_BYTES == SecretBox.NONCE_SIZE + SecretBox.MACBYTES + KEY_BYTES
    least = (kdf.OPSLIMIT_MIN, kdf.MEMLIMIT_MIN)
    assert least == (key_file._LEAST_OPERATIONS, key_file._LEAST_MEMORY)
