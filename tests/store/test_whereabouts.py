"""Where the book lies: network drives, synchronised folders, copies beside it; said once."""

from __future__ import annotations

from pathlib import Path

import pytest

from fitcheck.services import FitCheck
from fitcheck.store import whereabouts
from fitcheck.store.whereabouts import Whereabouts, copies, network, program
from fitcheck.surroundings import sentences

MOUNTS = r"""proc /proc proc rw 0 0
/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw,vers=4.2 0 0
/dev/sdb1 /home/ada/local btrfs rw 0 0
//nas/share /mnt/The\040share cifs rw 0 0
me@host: /mnt/far fuse.sshfs rw 0 0
/dev/sdc1 /mnt/stick fuseblk rw 0 0
none /mnt/twice ext4 rw 0 0
share /mnt/twice 9p rw 0 0

"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/ada/FitCheck", "nfs4"),
        ("/home/ada/local/FitCheck", ""),
        ("/mnt/The share", "cifs"),
        ("/mnt/The shareholders", ""),
        ("/mnt/far/away/FitCheck", "fuse.sshfs"),
        ("/mnt/stick/FitCheck", ""),
        ("/mnt/twice", "9p"),
        ("/var/FitCheck", ""),
    ],
)
def test_the_innermost_mount_tells_whether_it_is_a_network(
    tmp_path: Path, folder: str, kind: str
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    assert network(Path(folder), mounts) == kind


def test_a_system_that_does_not_say_is_taken_for_a_disk(tmp_path: Path) -> None:
    assert network(tmp_path, tmp_path / "no such file") == ""
    assert whereabouts.whereabouts(tmp_path / "no such folder") == Whereabouts()


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Calder Consulting)", "Dropbox"),
        ("OneDrive - Calder", "OneDrive"),
        ("Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
        ("Google Drive", "Google Drive"),
        ("CloudStorage/GoogleDrive-ada@example.org/My Drive", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
        ("ownCloud", "ownCloud"),
        ("Documents", ""),
        ("Dropboxes", ""),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name(tmp_path: Path, inside: str, name: str) -> None:
    folder = tmp_path / inside / "FitCheck"
    folder.mkdir(parents=True)
    assert program(folder) == name


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox.cache", "Dropbox"),
        (".sync_0a1b2c3d.db", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
    ],
)
def test_a_synchronised_folder_is_known_by_what_lies_in_it(
    tmp_path: Path, mark: str, name: str
) -> None:
    folder = tmp_path / "shared" / "FitCheck"
    folder.mkdir(parents=True)
    (tmp_path / "shared" / mark).touch()
    assert program(folder) == name


def test_copies_beside_the_book_are_named_and_its_own_files_are_not(tmp_path: Path) -> None:
    made = (
        "book (Ada's conflicted copy 2026-11-22).db",
        "book (conflicted copy 2026-11-22 101112).key",
        "book-LAPTOP-7.db",
        "book 2.db",
        "book (1).db",
        "book.sync-conflict-20261122-101112-ABCDEFG.db",
        "book_conflict-20261122-101112.db",
    )
    ours = (
        "book.db",
        "book.key",
        "book.lock",
        "book.db-journal",
        "book.db.new",
        "answers.sealed",
        "bookings.db",
    )
    for name in (*made, *ours, "notes.db"):
        (tmp_path / name).touch()
    (tmp_path / "backups").mkdir()
    assert set(copies(tmp_path)) == set(made)


def test_an_open_book_makes_no_file_that_looks_like_a_copy(tmp_path: Path) -> None:
    fitcheck = FitCheck.open(tmp_path / "book")
    fitcheck.safekeeping.back_up()
    assert fitcheck.surroundings.all().copies == ()
    fitcheck.close()


def test_it_is_said_once(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox" / "FitCheck"
    fitcheck = FitCheck.open(folder)
    (folder / "book (1).db").touch()
    news = fitcheck.surroundings.news()
    assert (news.program, news.copies) == ("Dropbox", ("book (1).db",))
    assert len(sentences(news)) == 2
    assert "book (1).db" in sentences(news)[0]
    fitcheck.surroundings.said(news)
    fitcheck.close()
    again = FitCheck.open(folder)
    assert again.surroundings.news() == Whereabouts()
    assert again.surroundings.all() == news
    (folder / "book (2).db").touch()
    assert again.surroundings.news() == Whereabouts(copies=("book (2).db",))
    again.close()


def test_what_is_said_names_what_was_found_and_what_to_do() -> None:
    assert sentences(Whereabouts()) == ()
    (told,) = sentences(Whereabouts(network="cifs"))
    assert "cifs" in told
    assert "Keep the book on a disk of this computer" in told
    (told,) = sentences(Whereabouts(copies=("book 2.db", "book 3.db")))
    assert "book 2.db, book 3.db" in told
