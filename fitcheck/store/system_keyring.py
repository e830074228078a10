"""The system's keyring (Keychain, Credential Locker, Secret Service), as a convenience.

It may be missing, locked, emptied by a reinstallation, or refuse. None of that is an error here:
the passphrase and the recovery key open the book without it.
"""

from __future__ import annotations

from typing import Protocol

SERVICE = "FitCheck"


class Keyring(Protocol):
    """Where a secret is kept for a book. None of these raises."""

    def there(self) -> bool:
        """Whether there is a keyring that might keep a secret."""
        ...

    def get(self, book: str) -> str | None:
        """The secret, or ``None`` if it can't be had, for whatever reason."""
        ...

    def set(self, book: str, secret: str) -> bool:
        """Keep the secret; whether it is kept."""
        ...

    def delete(self, book: str) -> None:
        """Let go of the secret, if it is there."""
        ...


class SystemKeyring:
    """The keyring of whoever is logged in. It may ask them to unlock it, and then waits."""

    # `keyring` is imported when it is first asked: it looks for backends among all installed
    # packages, which nobody without a passphrase should wait for. Its backends raise whatever
    # their system gives them (D-Bus errors, OSError, ctypes'), so everything is caught.

    def there(self) -> bool:
        try:
            import keyring

            # Those that stand in where there is none, "fail" and "null", have no priority.
            return bool(keyring.get_keyring().priority > 0)
        except Exception:
            return False

    def get(self, book: str) -> str | None:
        try:
            import keyring

            return keyring.get_password(SERVICE, book)
        except Exception:
            return None

    def set(self, book: str, secret: str) -> bool:
        try:
            import keyring

            keyring.set_password(SERVICE, book, secret)
            # Keyring's "null" backend takes everything and keeps nothing.
            return keyring.get_password(SERVICE, book) == secret
        except Exception:
            return False

    def delete(self, book: str) -> None:
        try:
            import keyring

            keyring.delete_password(SERVICE, book)
        except Exception:
            return
