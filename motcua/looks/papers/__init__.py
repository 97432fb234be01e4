"""A dossier as its official papers say it: from the ledgers and the law of the day to the data of each form.

Pure reading. Whoever may see the dossier may print its papers, so identity numbers stay masked on all of them.
"""

from motcua.looks.papers.agency import apology, control_slip, receipt, refusal, result_letter, stop, supplement
from motcua.looks.papers.bag import manifest_paper
from motcua.looks.papers.labels import SHEETS, labels, papers_to_label
from motcua.looks.papers.postal import guidance, money_receipt, parcel_label, postal_slip, stickers
from motcua.looks.papers.stops import stop_list
from motcua.looks.papers.trail import trail_paper
from motcua.looks.papers.which import Paper, paper_of, papers_now

__all__ = [
    "SHEETS",
    "Paper",
    "apology",
    "control_slip",
    "guidance",
    "labels",
    "manifest_paper",
    "money_receipt",
    "paper_of",
    "papers_now",
    "papers_to_label",
    "parcel_label",
    "postal_slip",
    "receipt",
    "refusal",
    "result_letter",
    "stickers",
    "stop",
    "stop_list",
    "supplement",
    "trail_paper",
]
