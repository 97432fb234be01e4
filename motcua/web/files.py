"""A dossier's files, for whoever may see the dossier; served as what they are and able to do nothing."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from motcua.documents import store
from motcua.documents.filenames import clean_name
from motcua.looks.access import NotFound, find_case
from motcua.web.shared.door import page


@page()
def file(request: HttpRequest, reference: str, file_id: UUID) -> HttpResponse:
    """One file of one dossier, shown in place, or saved with ?luu=1.

    404 for strangers, for files of other dossiers, and when the bytes are not those that were kept.
    """
    case = find_case(request.actor, reference)  # type: ignore[attr-defined]
    found = next((f for f in case.files if f.pk == file_id), None)
    if found is None:
        raise NotFound(str(file_id))
    try:
        content = store.read(found.sha256)
    except (store.FileMissing, store.FileDamaged) as gone:
        raise NotFound(str(file_id)) from gone
    inline = "luu" not in request.GET
    headers = store.serving_headers(clean_name(found.title), found.mime, len(content), inline=inline)
    return HttpResponse(content, headers=headers)
