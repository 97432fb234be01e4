"""Addresses of the postman and of the post office."""

from django.urls import path

from motcua.web.round import app, carriers, deliver, dispatch, items, lists, money, phones, pickup, stops, visits

app_name = "round"

urlpatterns = [
    path("vong", stops.home, name="home"),
    path("vong/quet", stops.scan, name="scan"),
    path("vong/nhan-di-phat", deliver.take_out, name="take_out"),
    path("vong/diem.pdf", stops.stops_pdf, name="my_stops"),
    path("vong/tien", stops.hand, name="hand"),
    path("vong/phat/<str:item>", deliver.stop, name="deliver"),
    path("vong/phat/<str:item>/chua-duoc", deliver.fail, name="fail"),
    path("vong/nhan/<uuid:pickup_id>", pickup.stop, name="pickup"),
    path("vong/nhan/<uuid:pickup_id>/chua-duoc", pickup.fail, name="pickup_fail"),
    path("vong/may/", app.shell, name="app"),
    path("vong/may/toi", app.me, name="app_me"),
    path("vong/may/dang-ky", app.register, name="app_register"),
    path("vong/may/mo-khoa", app.reopen, name="app_reopen"),
    path("vong/may/chuyen.webmanifest", app.manifest, name="manifest"),
    path("vong/sw.js", app.worker, name="worker"),
    path("dieu-phoi", dispatch.home, name="dispatch"),
    path("dieu-phoi/lap", dispatch.make, name="make"),
    path("dieu-phoi/giao", dispatch.send_out, name="send_out"),
    path("dieu-phoi/nhan-tai-nha", dispatch.assign, name="assign"),
    path("dieu-phoi/nhan-tai-nha/<uuid:pickup_id>/huy", visits.cancel, name="cancel_pickup"),
    path("dieu-phoi/nhan-tai-nha/<uuid:pickup_id>", visits.visit, name="visit"),
    path("dieu-phoi/nhan-tai-nha/<uuid:pickup_id>/doi", visits.move, name="move_pickup"),
    path("dieu-phoi/danh-sach/<slug:what>", lists.one_list, name="list"),
    path("dieu-phoi/mang-ve", lists.bring_in, name="bring_in"),
    path("dieu-phoi/chuyen/<str:username>", lists.tour, name="tour"),
    path("dieu-phoi/chuyen/<str:username>/diem.pdf", lists.stops_pdf, name="stops_pdf"),
    path("dieu-phoi/chuyen/<str:username>/thoi-phan", lists.withdraw, name="withdraw"),
    path("dieu-phoi/chuyen/<str:username>/nhan-lai", lists.bring_back, name="bring_back"),
    path("dieu-phoi/buu-gui/<str:item>", items.item, name="item"),
    path("dieu-phoi/buu-gui/<str:item>/<slug:action>", items.act, name="item_act"),
    path("dieu-phoi/dien-thoai", phones.home, name="phones"),
    path("dieu-phoi/dien-thoai/<uuid:device_id>/thu-hoi", phones.revoke, name="revoke_phone"),
    path("dieu-phoi/hang", carriers.home, name="carriers"),
    path("dieu-phoi/hang/<str:number>", carriers.order, name="carrier_order"),
    path("dieu-phoi/hang/<str:number>/<slug:action>", carriers.act, name="carrier_act"),
    path("dieu-phoi/nghi-van/<uuid:doubt_id>", carriers.doubt, name="carrier_doubt"),
    path("dieu-phoi/tien", money.home, name="money"),
    path("dieu-phoi/tien/nhan", money.take, name="take"),
    path("dieu-phoi/tien/nop", money.remit, name="remit"),
    path("dieu-phoi/tien/xac-nhan", money.confirm, name="confirm"),
]
