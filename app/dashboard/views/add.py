"""Add articles: paste, upload or name a page; the same pipeline as ``qawl ingest``."""

import json
from collections.abc import Sequence
from importlib.resources import as_file
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from app.dashboard.evidence import show_claims
from app.dashboard.session import count_of, store, words, workspace
from data import resource
from graph.errors import ForbiddenError
from graph.generations import Indexes
from graph.stores.base import ClaimFilter
from ingest.actors import extractor_of
from ingest.pipeline import Progress, Report, ingest
from ingest.readers import Web

SUFFIXES = ["txt", "md", "html", "htm", "jsonl", "csv", "xml", "rss", "atom"]
CLAIMS_TO_CHECK = 30
WEB = Web()  # how addresses are fetched: public ones only
LONGEST = 1_000_000  # characters in one paste: longer texts are files


def show() -> None:
    """Draw the page."""
    st.title(words("add"), anchor=False)
    st.caption(words("add_intro"))
    if not store().counts().claims:
        offer_samples()
    paste, files, url = st.tabs([words("paste"), words("files"), words("url")])
    with paste:
        _paste()
    with files:
        _files()
    with url:
        _url()
    if "report" in st.session_state:
        _show_report(st.session_state["report"])


def offer_samples() -> None:
    """What a workspace without claims shows: what to do, and the samples at one click."""
    st.info(words("no_claims"))
    if st.button(words("load_samples"), type="primary", icon=":material/auto_stories:"):
        with as_file(resource("samples")) as folder:
            _ingest([str(folder)], folder)
        st.rerun()
    st.caption(words("or_command"))


def _paste() -> None:
    with st.form("paste", border=False):
        text = st.text_area(words("text"), height=220, max_chars=LONGEST)
        columns = st.columns(3)
        about = {name: columns[i].text_input(words(name)) for i, name in enumerate(("title", "outlet"))}
        published = columns[2].date_input(words("published"), value=None)
        sent = st.form_submit_button(words("read_it"), type="primary")
    if not sent:
        return
    if not text.strip():
        st.warning(words("need_text"))
        return
    record = {"text": text, **about, "published": published.isoformat() if published else None}
    with TemporaryDirectory() as folder:
        path = Path(folder, "pasted.jsonl")
        path.write_text(json.dumps({name: value for name, value in record.items() if value}), encoding="utf-8")
        _ingest([str(path)], Path(folder))


def _files() -> None:
    with st.form("files", border=False, clear_on_submit=True):
        uploads = st.file_uploader(words("accepted_files"), SUFFIXES, accept_multiple_files=True)
        uploads += st.file_uploader(words("whole_folder"), SUFFIXES, accept_multiple_files="directory")
        sent = st.form_submit_button(words("read_it"), type="primary")
    if not sent:
        return
    if not uploads:
        st.warning(words("need_files"))
        return
    with TemporaryDirectory() as folder:
        for number, upload in enumerate(uploads):
            Path(folder, str(number)).mkdir()
            Path(folder, str(number), Path(upload.name).name).write_bytes(upload.getvalue())
        _ingest([folder], Path(folder))


def _url() -> None:
    with st.form("url", border=False):
        address = st.text_input(words("address"), placeholder="https://")
        sent = st.form_submit_button(words("read_it"), type="primary")
    if not sent:
        return
    if not address.startswith(("https://", "http://")):
        st.warning(words("need_url"))
        return
    _ingest([address], None)


def _ingest(sources: Sequence[str], folder: Path | None) -> None:
    """Ingest and keep the report, its names without the temporary folder, for the page to show."""
    if workspace().read_only:  # before anything is fetched; the ledger would refuse it at the end
        raise ForbiddenError(words("may_not_write"))
    with st.status(words("reading"), expanded=True) as status:
        bar = st.progress(0.0)

        def tell(progress: Progress) -> None:
            share = progress.bytes / progress.bytes_total if progress.bytes_total else 1.0
            said = words("reading_file", done=min(progress.files + 1, progress.files_total), total=progress.files_total)
            bar.progress(min(1.0, share), f"{said}: {count_of('claims', progress.claims)}")

        report = ingest(workspace(), sources, extractor=extractor_of(workspace()), jobs=1, on_progress=tell, web=WEB)
        status.update(label=words("building"))
        Indexes(workspace()).refresh()
        status.update(label=_summary(report), state="complete", expanded=False)
    st.session_state["report"] = report, f"{folder}/" if folder else ""


def _summary(report: Report) -> str:
    articles, claims = count_of("articles", report.articles), count_of("claims", report.claims)
    return words("done", articles=articles, claims=claims, aside=report.aside)


def _show_report(kept: tuple[Report, str]) -> None:
    report, folder = kept
    st.success(_summary(report))
    if report.unchanged:
        st.caption(words("unchanged", articles=count_of("articles", report.unchanged)))
    if report.set_aside:
        rows = [(item.name.removeprefix(folder), item.reason) for item in report.set_aside]
        st.subheader(words("set_aside"), anchor=False)
        st.table([{words("set_aside"): name, words("why"): reason} for name, reason in rows])
    if report.claims:
        st.subheader(words("check_claims"), anchor=False)
        _show_new(report.first_articles)
    elif report.articles:
        st.info(words("no_article_claims"))


def _show_new(articles: Sequence[str]) -> None:
    """The claims just read, in the order of their articles, to be checked."""
    opened, left = store(), CLAIMS_TO_CHECK
    for article in articles:
        found = opened.claims(ClaimFilter(article=article), left)
        show_claims(opened, found)
        left -= len(found)
        if left <= 0:
            break
