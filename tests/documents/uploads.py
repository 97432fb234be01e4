"""Bad and good uploads, made here byte by byte; nothing of it is anybody's paper."""

import io
import zipfile
from typing import Any

import pikepdf
from PIL import Image


def pdf(change: Any = None, **save: Any) -> bytes:
    """A one-page PDF; `change(pdf)` may spoil it before it is saved."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(200, 200))
    if change is not None:
        change(document)
    out = io.BytesIO()
    document.save(out, **save)
    return out.getvalue()


def image(kind: str = "PNG", size: tuple[int, int] = (40, 30), **save: Any) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, kind, **save)
    return out.getvalue()


def zipped(name: str = "giay-to.pdf", content: bytes = b"x" * 100) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(name, content)
    return out.getvalue()


def with_script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def with_hidden_script(document: pikepdf.Pdf) -> None:
    """The name written with an escape and the action two hops away, behind an object stream."""
    action = document.make_indirect(pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), X=1))
    document.pages[0].obj.AA = pikepdf.Dictionary(O=pikepdf.Array([action]))


def with_launch(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")


def with_attachment(document: pikepdf.Pdf) -> None:
    document.attachments["them.txt"] = b"xin chao"


def with_media(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.RichMedia)])


def with_dynamic_form(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = pikepdf.Dictionary(XFA=document.make_stream(b"<xdp/>"))


def pdf_of_endless_parts() -> bytes:
    """Half a million empty arrays in one."""
    plain = pdf(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return plain.replace(b"/Type /Catalog", b"/Type /Catalog /Big [" + b"[]" * 500_000 + b"]", 1)


def encrypted(owner_only: bool) -> bytes:
    password = "" if owner_only else "mat-khau"
    return pdf(encryption=pikepdf.Encryption(owner="chu", user=password, R=6))


def pdf_of_another_reader(text: str = "JS /JavaScript") -> bytes:
    """An honest PDF whose title only talks about scripts, with a link and a signature field."""

    def talk(document: pikepdf.Pdf) -> None:
        document.docinfo["/Title"] = text
        link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.vn")
        document.pages[0].obj.Annots = pikepdf.Array(
            [pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=link)]
        )
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[], SigFlags=3)

    return pdf(talk, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def jpeg_of_many_scans() -> bytes:
    whole = image("JPEG")
    return whole[:-2] + b"\xff\xda\x00\x02" * 200 + whole[-2:]


def huge_png() -> bytes:
    """Says 20,000 × 20,000 pixels in a few kilobytes."""
    out = io.BytesIO()
    Image.new("1", (20000, 20000)).save(out, "PNG")
    return out.getvalue()
