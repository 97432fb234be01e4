"""The pure core: values, law-neutral arithmetic, no Django, no clock, no files.

Every other room may import from here; nothing here imports from another room.
"""
