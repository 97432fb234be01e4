"""The archive of a backup: a tar.gz with `manifest.json`, `database`, `files/…` and `keys/…`."""
