"""Which carrier brings what an office sends, by the settings of this installation."""

from functools import cache

from django.conf import settings

from motcua.carriers.interface import Carrier
from motcua.carriers.own import Own
from motcua.carriers.vnpost import VNPost
from motcua.config.options import Options

OWN = Own()


def carrier_of(office: str) -> Carrier:
    """The carrier an office has chosen; its own postmen unless it is named in MOTCUA_VNPOST_OFFICES."""
    options = _options()
    return _vnpost(options) if options.vnpost_url and office in options.vnpost_offices else OWN


def carrier_named(key: str) -> Carrier:
    """A carrier that is set up here. KeyError for others."""
    options = _options()
    if key == "vnpost" and options.vnpost_url:
        return _vnpost(options)
    raise KeyError(key)


def outside_carriers() -> bool:
    """Whether any outside carrier is set up here."""
    return bool(_options().vnpost_url)


def _options() -> Options:
    options: Options = settings.OPTIONS
    return options


@cache
def _vnpost(options: Options) -> VNPost:
    return VNPost(
        options.vnpost_url, options.vnpost_user, options.vnpost_password, options.vnpost_customer,
        options.vnpost_push_secret,
    )  # fmt: skip
