"""What becomes of one dossier: where it comes in, what it meets, how it ends."""

from datetime import datetime, timedelta
from typing import Any

from motcua.acts.casework import act_on
from motcua.acts.intake import Delivery, Filing, Person, file_online, receive_at_counter
from motcua.acts.reception import missing_of
from motcua.acts.windows import windows_on
from motcua.demo.cast import AGENCIES, CITIZENS, Worker, citizen_person, invented_person, workers
from motcua.demo.stage import Happening, Stage
from motcua.dossiers.models import Dossier
from motcua.kernel.calendar import local
from motcua.kernel.problems import Refused
from motcua.law.model import Version
from motcua.people.rules import Role

_ITEMS = (
    "Bản sao giấy tờ tuỳ thân còn rõ chữ",
    "Tờ khai có chữ ký của người yêu cầu",
    "Giấy uỷ quyền hợp lệ",
)
_GROUNDS = (
    "Không đủ điều kiện theo quy định của thủ tục",
    "Thông tin trong tờ khai không đúng với giấy tờ gốc",
)


def counted(version: Version, pages: int = 1) -> list[dict[str, Any]]:
    """One of everything the procedure always asks for, as a clerk or a postman counts it."""
    return [
        {
            "component": p.key,
            "kind": "original" if p.original else "copy",
            "quantity": max(p.original, p.copies, 1),
            "pages": pages,
            "condition": "",
        }
        for p in version.papers
        if p.required and not p.when
    ]


class Life:
    """Decides, by the stage's chance alone, what each dossier meets, and plans it act by act."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.random, self.law = stage, stage.random, stage.law
        self.made = 0
        self._staff = workers(self.law)

    def arrival(self, n: int, places: list[Worker]) -> Happening:
        """One more person comes with a matter, to a counter or to the site."""
        channel = self.random.choices(("counter", "online", "pickup"), (78, 16, 6))[0]
        worker = self.random.choice(places)
        return lambda at: self._counter(at, worker) if channel == "counter" else self._online(at, channel)

    def one_more(self, at: datetime) -> None:
        """One of each arrival that nobody has dealt with yet: where the post only takes, online, and at home."""
        day = local(at).date()
        for office in (o for o in self.law.offices("post_point", day) if not o.designated(day)):
            worker = next((w for w in workers(self.law) if w.office == office.code), None)
            if worker:
                self._counter(at, worker)
        self._online(at, "online")
        self._online(at, "pickup")

    def _version(self, at: datetime, *, place: str = "", online: bool = False) -> tuple[Version, str] | None:
        """A procedure this place may receive, whose agency is staffed in the demo, and a commune for its applicant."""
        day = local(at).date()
        units = [self.law.unit_of_office(a, day) for a in AGENCIES[:3]]
        choices = self.law.procedures(day)
        for _ in range(40):
            version, unit = self.random.choice(choices), self.random.choice(units)
            try:
                agency = self.law.agency_for(version, unit, day, place or None)
            except Refused:
                continue
            if agency.code not in AGENCIES or (online and version.online == "none"):
                continue
            if place and not self.law.may_receive(version, agency, self.law.office(place), day):
                continue
            return version, unit
        return None

    def _filing(self, version: Version, unit: str, at: datetime, citizen: str = "", **more: object) -> Filing:
        who = citizen_person(citizen, unit) if citizen else invented_person(self.random, unit)
        person = Person(**who)  # type: ignore[arg-type]
        return_by = self.random.choices(("post", "counter", "electronic"), (62, 28, 10))[0]
        if return_by == "post" and version.post == "none":
            return_by = "counter"
        return Filing(
            **{  # type: ignore[arg-type]
                "procedure": version.code,
                "person": person,
                "form": {q.key: self._answer(q.type, q.choices) for q in version.form if q.required},
                "papers": counted(version, self.random.randint(1, 4)),
                "return_by": return_by,
                "delivery": Delivery(address=person.address, unit_code=unit) if return_by == "post" else Delivery(),
                "pay": "door" if return_by == "post" and self.stage.chance(45) else "reception",
                **more,
            }
        )  # fmt: skip

    def _answer(self, kind: str, choices: tuple[str, ...]) -> str:
        return (
            self.random.choice(choices)
            if kind == "choice"
            else {"date": "2001-02-03", "number": "1"}.get(kind, "Nội dung mẫu")
        )

    def _counter(self, at: datetime, worker: Worker) -> None:
        found = self._version(at, place=worker.office)
        if found is None:
            return
        version, unit = found
        filing = self._filing(version, unit, at)
        if self.stage.chance(5) and missing_of(version, {}):
            filing = self._filing(version, unit, at, papers=[], incomplete=[missing_of(version, {})[0]])
        command = self.stage.command(worker.username, "dossier.new", at)
        answer = receive_at_counter(command, self.stage.actor(worker.username), worker.office, filing)
        self.made += 1
        reference = str(answer["reference"])
        if filing.incomplete and self.stage.chance(70):
            self.stage.soon(
                at, 60 * self.random.randint(3, 20), lambda t: self._bring_rest(t, worker, reference, version)
            )

    def _bring_rest(self, at: datetime, worker: Worker, reference: str, version: Version) -> None:
        papers = counted(version)
        dossier = Dossier.objects.get(reference=reference)
        action = "accept" if dossier.reception_id == dossier.accepting_id else "take"
        self.act(at, worker.username, reference, action, papers=papers)

    def _online(self, at: datetime, channel: str) -> None:
        found = self._version(at, online=channel == "online")
        if found is None:
            return
        version, unit = found
        citizen = self.random.choice(CITIZENS)
        more: dict[str, object] = {"papers": [], "pay": "door"}
        if channel == "pickup":
            wanted = local(at).date() + timedelta(days=1)
            while not self.law.calendar("post").is_open_day(wanted):
                wanted += timedelta(days=1)
            more |= {"pickup_on": wanted, "pickup_window": windows_on(self.law, wanted)[0]}
        else:
            more["files"] = [self._scan(p.key, p.name, at) for p in version.papers if p.required and not p.when]
        filing = self._filing(version, unit, at, citizen, **more)
        command = self.stage.command(citizen, "dossier.new", at)
        answer = file_online(command, self.stage.actor(citizen), filing)
        self.made += 1
        if channel == "online":
            self.stage.soon(at, self.random.randint(20, 400), lambda t: self.desk(t, str(answer["reference"])))

    def _scan(self, component: str, name: str, at: datetime) -> dict[str, object]:
        from motcua.demo.papers import sample_scan

        return {"component": component, **sample_scan(name, at.replace(hour=1, minute=0, second=0, microsecond=0))}

    def desk(self, at: datetime, reference: str) -> None:
        """The accepting desk looks at what has come in: accepts, asks, or refuses."""
        dossier = Dossier.objects.get(reference=reference)
        clerk = self.at(dossier.accepting_id, Role.CLERK_CIVIL, Role.RECEIVER, Role.CLERK_POSTAL)
        if clerk is None or dossier.state not in {"filed", "taken", "incomplete"}:
            return
        fate = self.random.choices(("accept", "ask_complete", "reject"), (88, 7, 5))[0]
        if fate == "accept":
            self.act(at, clerk, reference, "accept")
            if dossier.channel == "online":
                self.stage.soon(at, self.random.randint(30, 240), lambda t: self.arrived(t, reference))
        elif fate == "ask_complete":
            self.act(at, clerk, reference, "ask_complete", items=[self.random.choice(_ITEMS)], note="")
            if dossier.account_id:
                self.stage.soon(at, 600, lambda t: self._complete(t, reference))
        else:
            self.act(at, clerk, reference, "reject", ground="Thủ tục không thuộc thẩm quyền tiếp nhận")

    def _complete(self, at: datetime, reference: str) -> None:
        self.act(at, self._owner(reference), reference, "complete")
        self.stage.soon(at, 120, lambda t: self.desk(t, reference))

    def arrived(self, at: datetime, reference: str) -> None:
        """The agency has everything: somebody is asked to handle it."""
        dossier = Dossier.objects.get(reference=reference)
        receiver = self.at(dossier.agency_id, Role.RECEIVER)
        handler = self.at(dossier.agency_id, Role.HANDLER)
        if dossier.state != "accepted" or not receiver or not handler:
            return
        self.act(at, receiver, reference, "assign", handler=handler)
        if self.stage.chance(9):
            self.stage.soon(at, 60, lambda t: self._supplement(t, reference, handler))
        elif self.stage.chance(2):
            self.stage.soon(at, 90, lambda t: self._withdraw(t, reference))
        elif self.stage.chance(1):
            leader = self.at(dossier.agency_id, Role.LEADER)
            ground = "Có văn bản yêu cầu tạm dừng của cơ quan có thẩm quyền"
            self.stage.soon(at, 120, lambda t: self.act(t, str(leader), reference, "stop", ground=ground))
        else:
            self._steps(at, reference, handler)

    def _steps(self, at: datetime, reference: str, handler: str) -> None:
        """The handler's steps take their time: most less than allowed, some more."""
        dossier = Dossier.objects.get(reference=reference)
        version = self.law.procedure(dossier.procedure, dossier.version_on)
        pace = self.random.choices((0.3, 0.6, 0.9, 1.6), (30, 38, 22, 10))[0]
        minutes = 0
        for step in (s for s in version.steps if s.role == "handler"):
            minutes += max(int(step.hours * 60 * pace), 5)
            self.stage.soon(at, minutes, lambda t: self.act(t, handler, reference, "finish_step"))
        late = pace > 1 and self.stage.chance(35)
        if late:
            self.stage.soon(at, max(minutes - 30, 5), lambda t: self._reschedule(t, reference))
        rest = sum(s.hours for s in version.steps if s.role in {"leader", "records"})
        self.stage.soon(at, minutes + max(int(rest * 30 * pace), 4), lambda t: self._decide(t, reference))

    def _supplement(self, at: datetime, reference: str, handler: str) -> None:
        until = (local(at) + timedelta(days=10)).date()
        self.act(
            at,
            handler,
            reference,
            "ask_supplement",
            items=[self.random.choice(_ITEMS)],
            until=until.isoformat(),
        )
        if self.stage.chance(75):
            self.stage.soon(at, 60 * self.random.randint(4, 30), lambda t: self._supply(t, reference, handler))

    def _supply(self, at: datetime, reference: str, handler: str) -> None:
        dossier = Dossier.objects.get(reference=reference)
        who = self._owner(reference) if dossier.account_id else self.at(dossier.agency_id, Role.RECEIVER)
        self.act(at, str(who), reference, "supply")
        self._steps(at, reference, handler)

    def _reschedule(self, at: datetime, reference: str) -> None:
        dossier = Dossier.objects.get(reference=reference)
        leader = self.at(dossier.agency_id, Role.LEADER)
        if leader and dossier.due_at and dossier.state == "processing":
            until = local(max(at, dossier.due_at)) + timedelta(days=3)
            until = self.law.calendar("agency").next_opening(until) + timedelta(hours=2)
            self.act(
                at,
                leader,
                reference,
                "reschedule",
                until=until.isoformat(),
                reason="Cần xác minh thêm tại địa phương",
            )

    def _withdraw(self, at: datetime, reference: str) -> None:
        dossier = Dossier.objects.get(reference=reference)
        who = self._owner(reference) if dossier.account_id else self.at(dossier.agency_id, Role.RECEIVER)
        self.act(at, str(who), reference, "withdraw", ground="Người nộp đổi ý, có đơn đề nghị rút hồ sơ")

    def _decide(self, at: datetime, reference: str) -> None:
        dossier = Dossier.objects.get(reference=reference)
        leader = self.at(dossier.agency_id, Role.LEADER)
        if not leader or dossier.state != "processing":
            return
        refused = self.stage.chance(5)
        ground = self.random.choice(_GROUNDS) if refused else ""
        self.act(at, leader, reference, "decide", outcome="refused" if refused else "granted", ground=ground)
        self.stage.soon(at, self.random.randint(2, 30), lambda t: self.act(t, leader, reference, "sign"))
        clerk = self.at(dossier.agency_id, Role.RECORDS)
        if clerk:
            self.stage.soon(at, self.random.randint(35, 60), lambda t: self.act(t, clerk, reference, "number"))
            self.stage.soon(at, self.random.randint(65, 120), lambda t: self.act(t, clerk, reference, "publish"))

    def rate(self, at: datetime, reference: str) -> None:
        """Some citizens say what they think."""
        if Dossier.objects.filter(reference=reference, account__isnull=False).exists():
            stars = self.random.choices(("5", "4", "3", "2"), (60, 25, 10, 5))[0]
            self.act(at, self._owner(reference), reference, "rate", stars=stars)

    def act(self, at: datetime, who: str, reference: str, action: str, **given: object) -> None:
        command = self.stage.command(who, f"dossier.{action}", at)
        act_on(command, self.stage.actor(who), reference, action, given)

    def _owner(self, reference: str) -> str:
        return str(Dossier.objects.values_list("account__username", flat=True).get(reference=reference))

    def at(self, office: str, *roles: Role) -> str | None:
        """Somebody who holds one of the roles there, by the demo's chance."""
        for role in roles:
            found = [w.username for w in self._staff if w.office == office and w.role == role]
            if found:
                return self.random.choice(found)
        return None
