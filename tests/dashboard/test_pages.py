"""Each page's logic, in process (Streamlit's AppTest)."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import app.dashboard
from app.dashboard.shell import GROUPS
from app.dashboard.strings import _counted, _strings, counted, has, number, plain, shown_date
from app.dashboard.views.answer import chart_axes
from graph.claims import ENTITY_KINDS, MODALITIES
from graph.exports import FORMATS
from graph.generations import Indexes
from graph.ledger import Ledger
from graph.relations import QUAD_CLASSES
from graph.reviewing import decide
from graph.stores.base import ClaimFilter
from graph.stores.remembering import remembering
from graph.stores.rows import Rows
from graph.workspace import Workspace
from tests.claim_world import decide as decide_at_once

MAIN = Path(app.dashboard.__file__).parent / "main.py"


PAGES = [address for group in GROUPS.values() for address, *_ in group]


@pytest.fixture
def start(monkeypatch):
    def run(workspace: Workspace, page: str = "overview", **query: str) -> AppTest:
        monkeypatch.setenv("QAWL_WORKSPACE", str(workspace.path))
        at = AppTest.from_file(str(MAIN), default_timeout=60)
        at.query_params.update(query)
        if page != "overview":
            # AppTest switches to pages in files only; these are functions, named by their address.
            at._page_hash = calc_hash(page)
        at.run()
        assert not at.exception, at.exception[0].message
        return at

    return run


def texts(at: AppTest) -> str:
    """All that the page says in boxes, captions, headings and HTML."""
    kinds = (at.title, at.subheader, at.caption, at.info, at.success, at.warning, at.get("html"))
    return " ".join(str(element.value) for kind in kinds for element in kind)


def test_the_overview_counts(start, sample_workspace):
    at = start(sample_workspace)

    numbers = {metric.label: int(metric.value.replace(",", "")) for metric in at.metric}
    assert 16 == numbers["Articles"]
    assert numbers["Claims"] > 100
    assert numbers["Actors"] > 20


def test_the_age_of_what_is_shown_is_told_where_there_is_more(start, copied_workspace):
    assert "As of" not in texts(start(copied_workspace))

    article = Ledger(copied_workspace).view().article_info["id"][0].as_py()
    decide_at_once(copied_workspace, "remove", article)

    assert "is not shown yet" in texts(start(copied_workspace))


def test_an_empty_workspace_teaches_and_loads_the_samples(start, workspace):
    at = start(workspace)
    assert "no claims yet" in at.info[0].value

    at.button[0].click().run()

    assert not at.exception
    assert "16" == next(metric.value for metric in at.metric if metric.label == "Articles")


def test_the_interface_speaks_arabic(start, sample_workspace):
    at = start(sample_workspace)
    at.session_state["language"] = "ar"
    at.run()

    assert "المقالات" == at.metric[0].label


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_speaks_both_languages(start, sample_workspace, page, language):
    at = start(sample_workspace, page, lang=language)

    title = _strings()[f"nav_{page}"][language]
    assert title
    assert language == at.session_state["language"]
    assert not at.error


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("about", "query")])
def test_every_page_teaches_when_there_are_no_claims(start, workspace, page):
    at = start(workspace, page)

    assert "no claims yet" in at.info[0].value
    assert any("sample" in button.label for button in at.button)


def test_an_actors_page_tells_who_it_is_and_both_sides(start, sample_workspace):
    at = start(sample_workspace, "actor", actor="Q22686")

    assert "Donald Trump" in at.title[0].value
    assert "دونالد ترامب" in texts(at)
    by, at_it = (int(metric.value) for metric in at.metric[:2])
    assert by > at_it > 0


def test_claims_are_searched_in_both_languages_and_filtered_by_link(start, sample_workspace):
    arabic = start(sample_workspace, "claims", text="الهدنه")  # ta marbuta written as ha
    everything = start(sample_workspace, "claims")
    english = start(sample_workspace, "claims", article_language="en", quad_class="verbal conflict")

    counts = [int(at.caption[0].value.split()[0]) for at in (arabic, english, everything)]
    assert 0 < counts[0] < counts[2]
    assert 0 < counts[1] < counts[2]
    assert "verbal conflict" == english.session_state["quad_class"]


def test_a_link_with_nonsense_is_a_page_without_it(start, sample_workspace):
    at = start(sample_workspace, "claims", since="yesterday", relation="loves", confidence="much", outlet="Nowhere")

    assert [None] * 3 == [at.session_state[key] for key in ("since", "relation", "outlet")]


def test_a_path_has_evidence_for_each_step(start, sample_workspace):
    at = start(sample_workspace, "path", actor="Q58217", other="Q30")

    assert any(heading.value.endswith(("step", "steps")) for heading in at.subheader)
    assert any("Between" in expander.label for expander in at.expander)
    assert "qawl-sentence" in texts(at)


def test_a_decision_is_kept_and_taken_back(start, copied_workspace):
    at = start(copied_workspace, "review")
    at.text_input(key="reviewer").set_value("Nadia").run()
    accept, reject = (next(b for b in at.button if b.label == label) for label in ("Accept", "Reject"))

    reject.click().run()
    assert "reason" in at.warning[0].value
    at.pills[0].select("not_said").run()
    next(b for b in at.button if b.label == "Reject").click().run()

    (made,) = Ledger(copied_workspace).view().decisions()
    assert ("reject", "Nadia", "the text does not say it") == (made.kind, made.who, made.reason)
    next(b for b in at.button if b.label == "Take back").click().run()
    assert ["reject", "reconsider"] == [d.kind for d in Ledger(copied_workspace).view().decisions()]

    next(b for b in at.button if b.label == "Update the graph").click().run()
    assert not at.exception
    assert accept.label == "Accept"


def test_the_workspace_is_examined(start, sample_workspace):
    at = start(sample_workspace, "about")

    at.button[0].click().run()

    assert "The indexes hold what the ledger holds." == at.success[0].value


def test_numbers_dates_and_plurals():
    assert ("1,234", "١٬٢٣٤") == (number(1234, "en"), number(1234, "ar"))
    assert ("-0.50", "\u200e-٠٫٥٠") == (number(-0.5, "en"), number(-0.5, "ar"))
    assert "12 July 2025" == shown_date("2025-07-12", "en")
    assert "يوليو ٢٠٢٥" == shown_date("2025-07", "ar")
    assert "about 2025" == shown_date("about 2025", "en")
    assert ["لا مقالات", "مقال واحد", "مقالان", "٣ مقالات", "١١ مقالا", "١٠٠ مقال", "١٠٣ مقالات"] == [
        counted("articles", n, "ar") for n in (0, 1, 2, 3, 11, 100, 103)
    ]
    assert r"\*a\* \[b\]" == plain("*a* [b]")


def test_what_data_brings_along_has_words():
    wanted = [f"format_{name}" for name in FORMATS] + [*QUAD_CLASSES, *ENTITY_KINDS, *MODALITIES[1:]]

    assert [] == [key for key in wanted if not has(key)]


def test_every_counted_thing_has_every_plural():
    for (things, language), row in _counted().items():
        wanted = ("zero", "one", "two", "few", "many", "other") if language == "ar" else ("one", "other")
        assert all(row[category] for category in wanted), (things, language)


def test_every_string_is_there_in_both_languages():
    for key, row in _strings().items():
        assert row["en"], key
        assert row["ar"], key


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return at.run()


def test_a_claim_is_corrected_and_taken_back(start, copied_workspace):
    claims = [one.claim for one in Ledger(copied_workspace).view().claims()]
    first = next(claim for claim in claims if claim.content and claim.relation.id != "denies")
    at = start(copied_workspace, "review", claim=first.id)
    at.text_input(key="reviewer").set_value("Nadia").run()
    press(at, "Correct")
    at.selectbox(key=f"correct-relation-{first.id}").select("denies").run()
    at.text_area(key=f"correct-content-{first.id}").set_value("words that nobody wrote").run()
    press(at, "Save the correction")
    assert "does not have the words" in at.warning[0].value
    at.text_area(key=f"correct-content-{first.id}").set_value("").run()
    press(at, "Save the correction")

    def shown():
        return next(one for one in Ledger(copied_workspace).view().claims() if one.claim.id == first.id)

    assert not at.exception
    assert ("denies", None, "corrected") == (shown().claim.relation.id, shown().claim.content, shown().decision)
    (made,) = Ledger(copied_workspace).view().decisions()
    assert ("Nadia", "wrong relation; wrong words marked") == (made.who, made.reason)
    assert "denies" in texts(at)

    press(at, "Take back")
    assert (first, None) == (shown().claim, shown().decision)


def test_a_correction_may_name_whom_only_the_registry_knows(start, copied_workspace):
    one = next(one for one in Ledger(copied_workspace).view().claims() if one.claim.object)
    at = start(copied_workspace, "review", claim=one.claim.id)
    at.text_input(key="reviewer").set_value("Nadia").run()
    press(at, "Correct")
    box = at.selectbox(key=f"correct-object-{one.claim.id}")
    box.options.append("Bhutan")  # typed: AppTest only selects
    box.set_value("Bhutan")
    press(at, "Save the correction")

    labels = {entity.label_en for entity in Ledger(copied_workspace).view().entities()}
    assert "Bhutan" in labels


def test_two_reviewers_agree_as_far_as_they_do(start, copied_workspace):
    claims = [one.claim for one in Ledger(copied_workspace).view().claims()][:3]
    decide(copied_workspace, claims, "accept", who="Nadia")
    at = start(copied_workspace, "review")
    at.text_input(key="reviewer").set_value("Omar").run()
    at.segmented_control(key="queue").select("second_opinion").run()
    press(at, "Accept")
    press(at, "Accept")
    at.pills[0].select("not_said").run()
    press(at, "Reject")

    told = {metric.label: metric.value for metric in at.metric}
    assert ("3", "2") == (told["Judged by two or more"], told["All say the same"])
    assert -1 < float(told["Krippendorff’s alpha"]) < 1
    assert any("Nothing is left" in box.value for box in at.success)


@pytest.fixture
def log_in(monkeypatch, tmp_path):
    """Serve with a login, as a person with this address; the test's secrets name the editor."""

    def as_(address: str | None, **more: object) -> None:
        monkeypatch.setenv("QAWL_LOGIN", "1")
        user = {"is_logged_in": address is not None, "email": address, **more}
        monkeypatch.setattr("streamlit.user", Person(user))
        monkeypatch.setattr("streamlit.secrets", {"editors": ["Nadia@example.org"]})

    return as_


class Person(dict):
    """What Streamlit tells of a person."""

    @property
    def is_logged_in(self) -> bool:
        return self["is_logged_in"]


def test_with_a_login_nobody_sees_anything_before(start, sample_workspace, log_in):
    log_in(None)
    at = start(sample_workspace)

    assert ["Log in"] == [button.label for button in at.button]
    assert not at.metric


@pytest.mark.parametrize("more", [{"email": "omar@example.org"}, {"email_verified": False}])
def test_a_reader_cannot_write_whatever_is_tried(start, copied_workspace, log_in, monkeypatch, more):
    log_in("nadia@example.org", **more)
    before = Ledger(copied_workspace).view().version
    at = start(copied_workspace)
    assert "reader" in texts(at)
    assert not {"add", "review"} & set(at.session_state["pages"])

    # Even with the pages forced open, the ledger takes nothing.
    monkeypatch.setattr("app.dashboard.shell.WRITING", ())
    at = start(copied_workspace, "review")
    press(at, "Accept")
    assert any("not write" in str(told.value) for told in (*at.error, *at.warning))
    at = start(copied_workspace, "add")
    at.text_area[0].set_value("Norway accused Iceland of blocking the talks.")
    press(at, "Read it")
    assert not at.exception
    assert any("not write" in str(told.value) for told in (*at.error, *at.warning))
    assert before == Ledger(copied_workspace).view().version


def test_an_editor_decides_under_the_address_that_logged_in(start, copied_workspace, log_in):
    log_in("nadia@example.org", email_verified=True)
    at = start(copied_workspace, "review")
    press(at, "Accept")

    (made,) = Ledger(copied_workspace).view().decisions()
    assert "nadia@example.org" == made.who


@pytest.mark.parametrize("asked", ["cypher", "sparql"])
def test_an_example_is_asked_and_kept_in_the_history(start, sample_workspace, asked):
    at = start(sample_workspace, "query")
    at.segmented_control(key="query_language").select(asked).run()
    press(at, "Run")

    assert not at.exception
    assert "rows" in texts(at)
    assert [asked] == [language for language, _ in at.session_state["query_history"]]


def test_an_answer_with_names_or_dates_and_numbers_can_be_charted():
    day = date(2025, 7, 12)

    assert (0, 2) == chart_axes(Rows(("who", "whom", "n"), [("a", "b", 1), ("c", None, 2.5)]))
    assert (1, 0) == chart_axes(Rows(("n", "day"), [(3, day)]))
    assert chart_axes(Rows(("a", "b"), [("x", "y")])) is None
    assert chart_axes(Rows(("a", "yes"), [("x", True)])) is None


def test_a_store_that_remembers_answers_once_and_gives_lists_away(sample_workspace):
    with Indexes(sample_workspace).cypher() as opened:
        asked = []
        read = opened.outlets
        opened.outlets = lambda: asked.append(1) or read()
        kept = remembering(opened)
        kept.outlets().clear()
        assert read() == kept.outlets()
        assert [1] == asked


def test_the_canvas_counts_what_is_said_to_nobody_in_particular(sample_workspace):
    with Indexes(sample_workspace).cypher() as opened:
        said = ClaimFilter(actor="Q22686", role="subject", addressed=False)
        alone = sum(count for _, count in opened.relation_mix(said))
        found = [one for one in Ledger(sample_workspace).view().claims() if one.claim.subject.entity.id == "Q22686"]
    assert 0 < alone == sum(one.claim.object is None for one in found)
