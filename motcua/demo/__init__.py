"""A month of office life with plainly invented people, made only by performing the real acts."""

from motcua.demo.month import run

__all__ = ["run"]
