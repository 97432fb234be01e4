"""VNPost's order interface: token, postOrder, cancelOrder, orderTracking, and what it pushes."""

from motcua.carriers.vnpost.carrier import VNPost

__all__ = ["VNPost"]
