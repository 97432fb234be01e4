"""Law as dated data: packs read, checked, searched and applied. No Django, no clock, no network."""
