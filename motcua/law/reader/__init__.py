"""Reading a pack: `read_pack` from its folder, `from_values` from its record form, `to_values` back."""

from motcua.law.reader.errors import PackError, PackErrors
from motcua.law.reader.folder import examine_pack, pack_errors, read_pack
from motcua.law.reader.values import from_values, to_values

__all__ = ["PackError", "PackErrors", "examine_pack", "from_values", "pack_errors", "read_pack", "to_values"]
