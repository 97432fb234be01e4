"""The four calls: token kept and renewed, answers read, trouble told without a secret."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from motcua.carriers.interface import CarrierTrouble, NotTheCarrier, Party, Waybill
from motcua.carriers.lifecycle import Said
from motcua.carriers.own import Own
from motcua.carriers.vnpost import VNPost
from motcua.config.options import OptionError, listed, read_options
from tests.make import START as NOW

PASSWORD, SECRET = "mật khẩu rất dài", "bí mật rất dài"
HOA = Party("Bà Hoa", "0912345678", "Số 1", "Tỉnh Hà Tĩnh", "Phường Thành Sen", "hoa@example.org")
BILL = Waybill("H27-1", "RA473124829VN", 26000, HOA, HOA, "Kết quả", "gọi trước")


class Carrier(HTTPServer):
    """Answers what the test says: path → (status, answer), or a list of such, one a call."""

    def __init__(self, answers):
        self.answers, self.asked = answers, []
        super().__init__(("127.0.0.1", 0), _Answering)
        Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/api"


class _Answering(BaseHTTPRequestHandler):
    def do_POST(self):
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        path = self.path.removeprefix("/api/")
        self.server.asked.append((path, self.headers.get("Authorization", ""), data))
        planned = self.server.answers[path]
        status, answer = planned.pop(0) if isinstance(planned, list) else planned
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def answering():
    opened = []

    def start(**answers):
        server = Carrier({"token": (200, {"token": "t1"}), **answers})
        opened.append(server)
        return server, VNPost(server.url, "ht", PASSWORD, "KH-HT", SECRET)

    yield start
    for server in opened:
        server.shutdown()
        server.server_close()


def test_an_order_says_everything_the_interface_asks_for(answering):
    server, vnpost = answering(postOrder=(200, {"code": "100", "ItemCode": BILL.item}))
    (heard,) = vnpost.order(BILL, NOW)
    assert (heard.said, heard.number, heard.item, heard.at) == (Said.REGISTERED, BILL.number, BILL.item, NOW)
    path, authorization, data = server.asked[-1]
    assert (path, authorization) == ("postOrder", "Bearer t1")
    assert data == {
        "CustomerCode": "KH-HT", "OrderNumber": "H27-1", "ItemCode": "RA473124829VN", "codAmount": 26000,
        "senderName": "Bà Hoa", "senderAddress": "Số 1", "senderTel": "0912345678", "senderEmail": "hoa@example.org",
        "senderProvince": "Tỉnh Hà Tĩnh", "senderDistrict": "Phường Thành Sen",
        "receiverName": "Bà Hoa", "receiverAddress": "Số 1", "receiverTel": "0912345678",
        "receiverEmail": "hoa@example.org", "receiverProvince": "Tỉnh Hà Tĩnh", "receiverDistrict": "Phường Thành Sen",
        "senderDesc": "Kết quả", "description": "gọi trước",
    }  # fmt: skip


def test_the_token_is_kept_and_renewed_when_it_is_refused(answering):
    tracked = (200, {"code": "100", "events": []})
    server, vnpost = answering(
        token=[(200, {"token": "t1"}), (200, {"token": "t2"})], orderTracking=[tracked, (401, {}), tracked]
    )
    assert vnpost.track("H27-1", NOW) == []
    assert vnpost.track("H27-1", NOW) == []
    assert [(path, auth) for path, auth, _ in server.asked] == [
        ("token", ""), ("orderTracking", "Bearer t1"), ("orderTracking", "Bearer t1"), ("token", ""),
        ("orderTracking", "Bearer t2"),
    ]  # fmt: skip


def test_an_order_taken_without_a_code_has_no_number_yet(answering):
    _server, vnpost = answering(postOrder=(200, {"code": "101", "ItemCode": ""}))
    (heard,) = vnpost.order(BILL, NOW)
    assert (heard.said, heard.item) == (Said.REGISTERED, "")


def test_an_order_that_is_there_already_is_found_by_its_number(answering):
    event = {"OrderNumber": "H27-1", "ItemCode": "EM1", "status": "DON_NHAN", "time": NOW.isoformat()}
    _server, vnpost = answering(
        postOrder=(200, {"code": "500", "message": "exists"}), orderTracking=(200, {"code": "100", "events": [event]})
    )
    (heard,) = vnpost.order(BILL, NOW)
    assert (heard.said, heard.item) == (Said.REGISTERED, "EM1")


@pytest.mark.parametrize(
    "answer",
    [(500, {}), (302, {}), (200, b"<html>"), (200, [1]), (200, {"code": "999"}), (200, {"code": "100", "events": 3}),
     (200, b"x" * 2_000_001)],
)  # fmt: skip
def test_what_is_no_answer_is_trouble_and_tells_no_secret(answering, answer):
    _server, vnpost = answering(orderTracking=answer)
    with pytest.raises(CarrierTrouble) as trouble:
        vnpost.track("H27-1", NOW)
    assert PASSWORD not in str(trouble.value)


@pytest.mark.parametrize("token", [(401, {}), (200, {}), (500, {})])
def test_a_refused_name_is_trouble(answering, token):
    _server, vnpost = answering(token=token)
    with pytest.raises(CarrierTrouble):
        vnpost.cancel("H27-1", NOW)


def test_nobody_there_is_trouble():
    with pytest.raises(CarrierTrouble, match="no answer"):
        VNPost("http://127.0.0.1:9", "ht", PASSWORD, "KH", SECRET).track("H27-1", NOW)


def test_what_is_printed_of_it_holds_no_secret():
    options = read_options({"MOTCUA_VNPOST_PASSWORD": PASSWORD, "MOTCUA_VNPOST_PUSH_SECRET": SECRET})
    shown = repr(options) + repr(VNPost("http://127.0.0.1:9", "ht", PASSWORD, "KH", SECRET))
    lines = listed({"MOTCUA_VNPOST_PASSWORD": PASSWORD, "MOTCUA_VNPOST_PUSH_SECRET": SECRET})
    shown += " ".join(line.value for line in lines)
    assert PASSWORD not in shown
    assert SECRET not in shown
    assert {line.value for line in lines if line.name == "MOTCUA_VNPOST_PASSWORD"} == {"***"}


@pytest.mark.parametrize("url", ["http://vnpost.vn/api", "ftp://127.0.0.1:1", "vnpost.vn"])
def test_names_and_passwords_go_only_over_tls_or_to_this_machine(url):
    with pytest.raises(OptionError, match="MOTCUA_VNPOST_URL"):
        read_options({"MOTCUA_VNPOST_URL": url})


def test_our_own_postmen_need_not_be_asked():
    own = Own()
    assert (own.order(BILL, NOW), own.cancel("x", NOW), own.track("x", NOW)) == ([], [], [])
    with pytest.raises(NotTheCarrier):
        own.read_push({}, b"", NOW)
