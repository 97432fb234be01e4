"""Law as dated data: packs read, checked, searched and applied. Pure Python: no Django, no clock, no network."""
