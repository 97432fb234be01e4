"""A scan for the demo: one small, honest PDF that says it is an example."""

from datetime import datetime
from functools import cache

from motcua.acts.uploads import check_and_store


@cache
def sample_scan(name: str, at: datetime) -> dict[str, object]:
    """The columns of a stored sample scan; the file is really in the store."""
    return check_and_store("ban-quet-mau.pdf", "application/pdf", sample_pdf(name), at).columns


def sample_pdf(name: str) -> bytes:
    """A one-page PDF by hand: the demo must not start the PDF engine before the server forks its workers."""
    ascii_name = name.encode("ascii", "replace").decode().replace("(", "").replace(")", "").replace("\\", "")[:60]
    text = f"BT /F1 18 Tf 60 760 Td (Ban quet mau) Tj 0 -30 Td ({ascii_name}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n" % len(text) + text + b"\nendstream",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(parts) + 1
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count + table
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start)
