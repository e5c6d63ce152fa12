"""Registry files: every wrong cell is named by row and column; the workspace's own registry wins."""

import pickle

import pytest

from data import resource
from graph.articles import Article
from graph.errors import DataError
from graph.ledger import Ledger
from graph.workspace import Workspace
from ingest.actors import add_actors, own_path, registry_of, revision, rules_extractor
from ingest.documents import Document
from ingest.linking.localities import localities
from ingest.linking.parties import party
from ingest.linking.registry import Registry, actor_id, builtin_rows, comparable, registry
from ingest.linking.registry_file import new_row, parse_actors, read_actors, write_actors
from ingest.pipeline import ingest

GOOD = "kind,label_en,label_ar,country\nperson,Salma Idris,سلمى إدريس,SDN\n"


def test_the_built_in_registry_passes_its_own_checks():
    rows = parse_actors(resource("actors.csv").read_text(encoding="utf-8"), "actors.csv")

    assert len(rows) == len(registry().entities) > 1000


def test_a_short_file_has_every_column_filled():
    (row,) = parse_actors(GOOD, "mine.csv")

    assert ("person", "Salma Idris", "SDN", "") == (row["kind"], row["label_en"], row["country"], row["aliases_en"])


HEAD = "id,kind,label_en,label_ar,country,sector,from,to\n"
FINE = ",person,Salma Idris,,SDN,GOV,,\n"


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("kind,label_en,colour\nperson,A,red\n", "row 1", "'colour' is not known"),
        ("kind,label_en,kind\nperson,A,person\n", "row 1", "'kind' is there twice"),
        ("label_en\nA\n", "row 1", "needs the columns 'kind'"),
        ("", "row 1", "needs the columns 'kind'"),
        (HEAD + FINE + ",robot,B,,,,,\n", "row 3, column kind", "'robot' is none of person"),
        (HEAD + ",person,,,,,,\n", "row 2, column label_en", "no label"),
        (HEAD + ",person,B,,XYZ,,,\n", "row 2, column country", "'XYZ'"),
        (HEAD + ",person,B,,Egypt,,,\n", "row 2, column country", "'Egypt'"),
        (HEAD + ",country,B,,E1,,,\n", "row 2, column country", "'E1'"),
        (HEAD + ",person,B,,,GVT,,\n", "row 2, column sector", "'GVT' is no CAMEO role"),
        (HEAD + ",person,B,,,,2024-13,\n", "row 2, column from", "'2024-13' is no date"),
        (HEAD + ",person,B,,,,,12.5.2024\n", "row 2, column to", "'12.5.2024' is no date"),
        (HEAD + ",person,B,,,,2024-05,2024-04-30\n", "row 2, column to", "before '2024-05'"),
        (HEAD + "Q1 ?,person,B,,,,,\n", "row 2, column id", "'Q1 ?'"),
        (HEAD + "Q1,person,B,,,,,\n" + FINE + "Q1,person,C,,,,,\n", "row 4, column id", "also the id of row 2"),
        (HEAD + FINE + "x,person,SALMA  IDRIS,,,,,\n", "row 3, column label_en", "also the label of row 2"),
        (HEAD + "a,person,A,أحمد,,,,\nb,person,B,احمد,,,,\n", "row 3, column label_ar", "also the label of row 2"),
        (HEAD + ",person,B\n", "row 2, column to", "3 cells and the header 8"),
        (HEAD + ',person,"B,,,,,\n', "mine.csv", "no CSV file"),
    ],
)
def test_a_wrong_cell_is_named(text, place, what):
    with pytest.raises(DataError) as caught:
        parse_actors(text, "mine.csv")

    assert place in str(caught.value)
    assert what in str(caught.value)


def test_several_wrong_cells_are_named_at_once():
    with pytest.raises(DataError, match=r"(?s)row 2, .*row 3, .*and 3 more"):
        parse_actors("kind,label_en\n" + "".join(f"robot,R{n}\n" for n in range(8)), "mine.csv")


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_bytes("kind,label_ar\nperson,سلمى\n".encode("cp1256"))

    with pytest.raises(DataError, match=r"mine\.csv: is not UTF-8"):
        read_actors(path)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(GOOD, encoding="utf-8-sig")

    assert ["Salma Idris"] == [row["label_en"] for row in read_actors(path)]


def test_what_was_written_is_read_again(tmp_path):
    row = new_row(kind="person", label_en='Salma "S" Idris, Jr', aliases_ar="سلمى|إدريس", country="SDN")
    write_actors(tmp_path / "mine.csv", [row])

    assert [row] == read_actors(tmp_path / "mine.csv")


def test_a_wrong_row_changes_nothing(workspace):
    add_actors(workspace, [new_row(kind="person", label_en="Salma Idris")])
    before = own_path(workspace).read_bytes()

    with pytest.raises(DataError, match="Nothing was changed"):
        add_actors(workspace, [new_row(kind="person", label_en="B"), new_row(kind="person", label_en="C", country="?")])

    assert before == own_path(workspace).read_bytes()


def test_an_imported_row_takes_the_place_of_the_one_with_its_id(workspace):
    add_actors(workspace, [new_row(kind="person", label_en="Salma Idris", country="SDN")])
    again = new_row(kind="person", label_en="Salma Idris", country="EGY")

    with pytest.raises(DataError, match="also the id of row 2"):
        add_actors(workspace, [again])
    add_actors(workspace, [again], replace=True)

    assert "EGY" == registry_of(workspace).entities["person-salma-idris"].country


def test_an_actor_with_an_arabic_name_alone_has_a_stable_id():
    first, second = (new_row(kind="person", label_ar=name) for name in ("سلمى إدريس", "سلمي ادريس"))

    assert actor_id(first) == actor_id(second) != actor_id(new_row(kind="person", label_ar="سلمى عثمان"))


def own(*rows):
    return Registry(builtin_rows(), [new_row(**row) for row in rows])


def named(actors, text, language="en"):
    return {name.entity.id for name in actors.names(language) if name.text == text}


def test_a_name_given_to_an_own_actor_names_that_one_alone():
    actors = own({"kind": "person", "label_en": "Mikhail Lavrov", "aliases_en": "Lavrov"})

    assert {"Q58217"} == named(registry(), "Lavrov")
    assert {"person-mikhail-lavrov"} == named(actors, "Lavrov")
    assert {"Q58217"} == named(actors, "Sergey Lavrov")


def test_an_own_row_takes_the_place_of_the_built_in_one():
    actors = own({"id": "Q58217", "kind": "person", "label_en": "S. V. Lavrov", "country": "RUS"})

    assert "S. V. Lavrov" == actors.entities["Q58217"].label_en
    assert len(registry().entities) == len(actors.entities)
    assert set() == named(actors, "Sergei Lavrov")


LINKED = "Sergey Lavrov warned the United States against sending more weapons to the region."


def speakers(claims):
    """The subjects of what the article itself says; claims inside what somebody says are left out."""
    return {claim.subject.entity.id for claim in claims if claim.attributed_to is None}


def document(text, language="en"):
    return Document("test", Article(text, language, published="2026-01-15"))


TEXT = "Salma Idris warned the United States on Monday against sending more weapons to the region."


def test_the_extractor_links_with_the_workspaces_registry(workspace):
    before = rules_extractor(workspace)
    add_actors(workspace, [new_row(id="Q999999999", kind="person", label_en="Salma Idris", country="SDN")])
    after = rules_extractor(workspace)

    assert "Q999999999" not in {c.subject.entity.id for c in before.extract(document(TEXT))}
    assert {"Q999999999"} == speakers(after.extract(document(TEXT)))


def test_another_registry_leaves_claim_ids_as_they_are(workspace):
    before = rules_extractor(workspace).extract(document(LINKED))
    add_actors(workspace, [new_row(id="Q999999999", kind="person", label_en="Sergey Lavrov", country="RUS")])
    after = rules_extractor(workspace).extract(document(LINKED))

    assert {"Q58217"} == speakers(before)
    assert {"Q999999999"} == speakers(after)
    assert [claim.id for claim in before] == [claim.id for claim in after]


def test_arabic_links_with_the_workspaces_registry(workspace):
    add_actors(workspace, [new_row(id="Q999999999", kind="person", label_ar="سلمى إدريس", country="SDN")])
    found = rules_extractor(workspace).extract(document("حذرت سلمى إدريس الولايات المتحدة من العقوبات.", "ar"))

    assert {"Q999999999"} == speakers(found)


def test_the_extractor_goes_to_other_processes_with_its_registry(workspace):
    add_actors(workspace, [new_row(id="Q999999999", kind="person", label_en="Salma Idris", country="SDN")])
    there = pickle.loads(pickle.dumps(rules_extractor(workspace)))

    assert {"Q999999999"} == speakers(there.extract(document(TEXT)))


def subjects(workspace: Workspace) -> set[str]:
    return speakers(claim.claim for claim in Ledger(workspace).view().claims())


def test_reading_again_after_each_change_of_the_registry_links_anew(workspace, tmp_path):
    """Also when the registry goes back to what it was before."""
    path = tmp_path / "article.txt"
    path.write_text(LINKED, encoding="utf-8")
    seen = []
    for key in (None, "Q999999998", "Q999999997", "Q999999998", None):
        own_path(workspace).unlink(missing_ok=True)
        if key:
            add_actors(workspace, [new_row(id=key, kind="person", label_en="Sergey Lavrov")])
        reports = [ingest(workspace, [path], extractor=rules_extractor(workspace), jobs=1) for _ in range(2)]
        seen.append(subjects(workspace))
        assert [(1, 0), (0, 1)] == [(report.articles, report.unchanged) for report in reports]

    assert [{"Q58217"}, {"Q999999998"}, {"Q999999997"}, {"Q999999998"}, {"Q58217"}] == seen


@pytest.mark.parametrize(
    ("digest", "used", "expected"),
    [
        ("", [], ""),
        ("", ["rules 0.1.0"], ""),
        ("9f2c41aa", ["rules 0.1.0"], "actors.1.9f2c41aa"),
        ("9f2c41aa", ["rules 0.1.0+actors.1.9f2c41aa"], "actors.1.9f2c41aa"),
        ("0b", ["rules 0.1.0+actors.9.9f2c41aa", "rules 0.1.0+actors.10.11111111"], "actors.11.0b"),
        ("", ["rules 0.1.0+actors.1.9f2c41aa"], "actors.2.00000000"),
        ("9f2c41aa", ["rules 0.0.9+actors.7.9f2c41aa"], "actors.1.9f2c41aa"),
    ],
)
def test_revisions_count_up(digest, used, expected):
    assert expected == revision("rules 0.1.0", digest, used)


def test_tables_beside_the_registry_name_known_countries_once():
    places = [(place.country, names) for place, *names in localities()]
    names = [name for _, both in places for name in {comparable(name) for language in both for name in language}]

    assert len(places) > 1300
    assert {country for country, _ in places} <= set(registry().countries)
    assert sorted(set(names)) == sorted(names)
    assert len({place.id for place, *_ in localities()}) == len(places)


def test_a_party_name_that_countries_share_is_one_party_for_each():
    known = next(name.entity for name in registry().names("en") if name.text == "Democratic Party")
    korean, arabic = (party(name, known, "KOR", registry()) for name in ("Democratic Party", "الحزب الديمقراطي"))

    assert known == party("Democratic Party", known, "USA", registry())
    assert korean == arabic != known
    assert known == party("Likud", known, "KOR", registry())
