"""Checks all three ledgers against the journal: what `motcua verify` runs."""

from collections.abc import Callable, Iterator

from django.db.models import Count, Exists, F, OuterRef, Q, Sum, Value
from django.db.models.functions import Concat

from motcua.carriers.lifecycle import WITH_CARRIER
from motcua.carriers.models import CarrierOrder
from motcua.custody.lifecycle import ManifestState
from motcua.custody.models import Line, Paper
from motcua.dossiers.models import CodeCounter, Dossier
from motcua.journal.verify import Fault, verify_journal
from motcua.looks.tills import balances
from motcua.money.models import Payment, Remittance
from motcua.stats.queries import monthly, monthly_from_dossiers


def verify_all(progress: Callable[[int], None] = lambda done: None) -> Iterator[Fault]:
    """Yields every disagreement: chains and replayed state, holders of papers, both purses, numbers, figures."""
    yield from verify_journal(progress)
    yield from _papers()
    yield from _bags()
    yield from _carried()
    yield from _money()
    yield from _codes()
    yield from _figures()


def _known(column: str) -> Q:
    """A holder of a kind there is."""
    kinds = ("office:", "person:", "carrier:")
    return Q(**{column: "applicant"}) | Q(*(Q(**{f"{column}__startswith": k}) for k in kinds), _connector=Q.OR)


def _papers() -> Iterator[Fault]:
    """Every paper has exactly one holder, of a known kind."""
    for paper in Paper.objects.exclude(_known("holder"))[:20]:
        yield Fault(f"paper {paper.sticker}", None, f"has no holder ({paper.holder!r})")
    offered = Paper.objects.exclude(offered_to="").exclude(_known("offered_to"))
    for paper in offered[:20]:
        yield Fault(f"paper {paper.sticker}", None, f"is on its way to nobody ({paper.offered_to!r})")
    for paper in Paper.objects.filter(offered_to=F("holder"))[:20]:
        yield Fault(f"paper {paper.sticker}", None, "is offered to the one who holds it")


def _bags() -> Iterator[Fault]:
    """What lies in a sealed bag and was not looked at is with its giver and on its way to its taker, unless another
    list has shown it since."""
    waiting = Line.objects.filter(
        removed=False, manifest__state__in=[ManifestState.SEALED, ManifestState.PARKED], finding=""
    ).annotate(giver=Concat(Value("office:"), "manifest__giver"), taker=Concat(Value("office:"), "manifest__taker"))
    later = Line.objects.filter(Q(id__gt=OuterRef("id")) | Q(found_at__gte=OuterRef("manifest__sealed_at")))
    elsewhere = later.filter(paper=OuterRef("paper")).exclude(id=OuterRef("id"))
    lost = waiting.exclude(paper__holder=F("giver"), paper__offered_to=F("taker")).exclude(Exists(elsewhere))
    for line in lost.select_related("manifest", "paper")[:20]:
        yield Fault(
            f"manifest {line.manifest.number}",
            None,
            f"lists {line.paper.sticker}, which is with {line.paper.holder} for {line.paper.offered_to or 'nobody'}",
        )


def _carried() -> Iterator[Fault]:
    """A carrier holds papers exactly where it said it has them, no office took them back, and no one received them."""
    having = CarrierOrder.objects.filter(state__in=sorted(WITH_CARRIER))
    having = having.annotate(who=Concat(Value("carrier:"), "carrier"))
    for order in having.exclude(dossier__papers__holder=F("who"))[:20]:
        yield Fault(f"carrier order {order.number}", None, f"is {order.state}, but {order.who} holds no paper")
    strays = Paper.objects.filter(holder__startswith="carrier:").exclude(dossier__in=having.values("dossier"))
    for paper in strays[:20]:
        yield Fault(f"paper {paper.sticker}", None, f"is with {paper.holder}, which has no order for it")


def _money() -> Iterator[Fault]:
    """Collected = remitted + in a named hand, a purse; each remittance is the sum of its payments."""
    for purse, balance in balances().items():
        if not balance.balances:
            yield Fault(
                f"purse {purse}",
                None,
                f"collected {balance.collected} ≠ remitted {balance.remitted} + in hand {balance.in_hand}",
            )
    sums = Remittance.objects.annotate(total=Sum("payments__amount")).exclude(total=F("amount"))
    for remittance in sums[:20]:
        yield Fault(f"remittance {remittance.number}", None, "is not the sum of its payments")
    paid = Payment.objects.annotate(total=Sum("charges__amount")).exclude(total=F("amount"))
    for payment in paid[:20]:
        yield Fault(f"payment {payment.receipt}", None, "is not the sum of the charges it paid")


def _codes() -> Iterator[Fault]:
    """Dossier codes follow each other without a gap: as many dossiers as the counter says, the last number used."""
    counted = {
        scope.removeprefix("code:"): last
        for scope, last in CodeCounter.objects.filter(scope__startswith="code:").values_list("scope", "last")
    }
    given: dict[str, int] = {}
    rows = Dossier.objects.exclude(code=None).values_list("code", flat=True).iterator(chunk_size=5000)
    for code in rows:
        series = str(code).rpartition("-")[0]
        given[series] = given.get(series, 0) + 1
    for scope, last in counted.items():
        ident, _, day = scope.partition(":")
        found = sum(n for series, n in given.items() if _is_series(series, ident, day))
        if found != last:
            yield Fault(
                f"codes {ident} {day}",
                None,
                f"the counter stands at {last}, {found} dossiers carry its numbers",
            )


def _is_series(series: str, ident: str, day: str) -> bool:
    digits = day.replace("-", "")
    return series in {f"{ident}-{digits}", f"{ident}-{digits[2:]}"}


def _figures() -> Iterator[Fault]:
    """The tallies written with each act agree with the dossiers counted again."""
    told, counted = (
        {(m.agency, m.month): (m.filed, m.closed, m.on_time) for m in rows}
        for rows in (monthly(), monthly_from_dossiers())
    )
    for key in sorted(told.keys() | counted.keys()):
        if told.get(key, (0, 0, 0)) != counted.get(key, (0, 0, 0)):
            yield Fault(
                f"figures {key[0]} {key[1]:%m/%Y}",
                None,
                f"tallied {told.get(key)}, counted {counted.get(key)}",
            )


def counts() -> dict[str, int]:
    """How much was looked at."""
    from motcua.journal.models import Entry

    return {
        "dossiers": Dossier.objects.count(),
        "entries": Entry.objects.count(),
        "papers": Paper.objects.aggregate(n=Count("id"))["n"],
        "payments": Payment.objects.count(),
    }
