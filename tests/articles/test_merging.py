"""Two people changed one draft: nothing that either wrote is lost, and each part says who changed it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import draft_state
from articles.admin.forms import ArticleForm
from articles.draft_state import DraftState, Row, from_data, source_from, to_data
from articles.merging import PART_NAMES, Outcome, merge_drafts, plain, take

HEAD = dict.fromkeys((*PART_NAMES, "lang", "bibliography"), "") | {"title": "Water", "intro": "Begin."}


def section(pk: int | None, body: str = "", *, heading: str = "", **values) -> Row:
    deleted = values.pop("is_deleted", False)
    heading = heading or f"Kop {pk}"
    row = {"heading": heading, "anchor": f"kop-{pk}", "shows_benefits": False, "body": body or f"Tekst {pk}."}
    return Row(row | values, pk, is_deleted=deleted)


def state(*sections: Row, **head) -> DraftState:
    return DraftState(HEAD | head, sections)


def outcomes(merge) -> dict[str, str]:
    return {part.key or part.name: str(part.outcome) for part in merge.parts}


def bodies(state_: DraftState) -> list[tuple[int | None, str]]:
    return [(row.pk, row.values["body"]) for row in state_.sections]


BASE = state(section(1), section(2), section(3))


def test_what_only_one_changed_is_in_the_result():
    mine = state(section(1, "Van mij."), section(2), section(3), title="Mijn titel")
    theirs = state(section(1), section(2, "Van Anna."), section(3), intro="Van Anna.")

    merge = merge_drafts(BASE, mine, theirs)

    assert (merge.state.head["title"], merge.state.head["intro"]) == ("Mijn titel", "Van Anna.")
    assert bodies(merge.state) == [(1, "Van mij."), (2, "Van Anna."), (3, "Tekst 3.")]
    assert outcomes(merge) == {"title": "yours", "intro": "taken", "sections:1": "yours", "sections:2": "taken"}


def test_what_both_changed_stays_mine_with_theirs_beside_it():
    merge = merge_drafts(
        BASE, state(section(1, "Van mij."), *BASE.sections[1:]), state(section(1, "Van Anna."), *BASE.sections[1:])
    )

    (part,) = merge.parts
    assert (part.outcome, part.name, bodies(merge.state)[0]) == (Outcome.BOTH, "Hoofdstuk ‘Kop 1’", (1, "Van mij."))
    assert ("Van mij." in part.mine, "Van Anna." in part.theirs) == (True, True)


def test_a_heading_and_a_text_of_one_chapter_go_together():
    mine = state(section(1, heading="Nieuwe kop"), *BASE.sections[1:])
    merge = merge_drafts(BASE, mine, state(section(1, "Nieuwe tekst."), *BASE.sections[1:]))

    assert merge.state.sections[0].values["heading"] == "Nieuwe kop"
    assert merge.state.sections[0].values["body"] == "Nieuwe tekst."
    assert outcomes(merge) == {"sections:1": "taken"}


def test_the_same_text_is_no_change_whatever_its_line_ends():
    theirs = state(section(1, "Een\n\ntwee"), *BASE.sections[1:])
    assert merge_drafts(BASE, state(section(1, "Een\r\n\r\ntwee\r\n"), *BASE.sections[1:]), theirs).is_same


def test_rows_that_the_other_added_and_deleted_follow():
    theirs = state(section(1), section(7), section(3))

    merge = merge_drafts(BASE, state(*BASE.sections, section(None, anchor="nieuw")), theirs)

    assert [row.pk for row in merge.state.sections] == [1, 7, 3, None]
    assert outcomes(merge) == {"sections:7": "taken", "sections#nieuw": "yours", "Hoofdstuk ‘Kop 2’": "taken"}


def test_a_chapter_that_i_changed_and_the_other_deleted_comes_back_as_a_new_one():
    mine = state(section(1), section(2, "Van mij."), section(3))
    theirs = state(section(1), section(3))

    merge = merge_drafts(BASE, mine, theirs)

    assert bodies(merge.state) == [(1, "Tekst 1."), (None, "Van mij."), (3, "Tekst 3.")]
    assert [(part.key, part.outcome, part.fate) for part in merge.parts] == [("sections#kop-2", "both", "removed")]
    assert bodies(take(merge.state, ["sections#kop-2"], theirs)) == [(1, "Tekst 1."), (3, "Tekst 3.")]


@pytest.mark.parametrize(("theirs_body", "outcome"), [("Tekst 2.", "yours"), ("Van Anna.", "both")])
def test_a_chapter_that_i_delete(theirs_body, outcome):
    mine = state(section(1), section(2, is_deleted=True), section(3))
    theirs = state(section(1), section(2, theirs_body), section(3))

    merge = merge_drafts(BASE, mine, theirs)

    assert (outcomes(merge), merge.state.sections[1].is_deleted) == ({"sections:2": outcome}, True)
    assert take(merge.state, ["sections:2"], theirs).sections[1] == theirs.sections[1]


@pytest.mark.parametrize(
    ("mine", "theirs", "expected", "outcome"),
    [
        ([3, 1, 2], [1, 2, 3], [3, 1, 2], {"sections": "yours"}),
        ([1, 2, 3], [3, 1, 2], [3, 1, 2], {"sections": "taken"}),
        ([3, 1, 2], [2, 1, 3], [3, 1, 2], {"sections": "both"}),
        ([3, 1, 2], [3, 1, 2], [3, 1, 2], {}),
        ([3, 1, 2], [1, 2, 7, 3], [3, 1, 2, 7], {"sections": "yours", "sections:7": "taken"}),
    ],
)
def test_order(mine, theirs, expected, outcome):
    merge = merge_drafts(BASE, state(*map(section, mine)), state(*map(section, theirs)))

    assert ([row.pk for row in merge.state.sections], outcomes(merge)) == (expected, outcome)


def test_the_order_of_the_other_can_be_taken():
    theirs = state(section(2), section(1), section(3))
    mine = state(section(3), section(None, anchor="nieuw"), section(1), section(2))

    assert [row.pk for row in take(mine, ["sections"], theirs).sections] == [2, 1, 3, None]


def test_rows_that_were_all_written_anew_are_known_by_their_anchor():
    """As after an import or a restored version."""
    theirs = DraftState(BASE.head, tuple(Row(row.values, row.pk + 10) for row in BASE.sections))

    merge = merge_drafts(BASE, state(section(1, "Van mij."), section(2), section(3)), theirs)

    assert bodies(merge.state) == [(11, "Van mij."), (12, "Tekst 2."), (13, "Tekst 3.")]
    assert (outcomes(merge), merge.is_free) == ({"sections:11": "yours"}, True)


def test_a_row_that_both_forms_added_is_one_row():
    """Save, go back, change, save: the form doesn't know yet that its new chapter exists."""
    theirs = state(*BASE.sections, section(9, anchor="nieuw", heading="Nieuw"))
    again = section(None, "Nog meer.", anchor="", heading="Nieuw")

    merge = merge_drafts(BASE, state(*BASE.sections, again), theirs)

    assert bodies(merge.state)[-1] == (9, "Nog meer.")
    assert outcomes(merge) == {"sections:9": "both"}


def test_without_the_draft_that_the_form_was_opened_at_every_difference_is_shown():
    mine = state(section(1, "Van mij."), section(2), section(5))

    merge = merge_drafts(None, mine, state(section(1), section(2), section(3), title="Van Anna"))

    assert merge.state.head["title"] == "Water"
    assert bodies(merge.state) == [(1, "Van mij."), (2, "Tekst 2."), (3, "Tekst 3."), (None, "Tekst 5.")]
    assert outcomes(merge) == {"title": "both", "sections:1": "both", "sections#kop-5": "both", "sections:3": "taken"}


def test_one_row_twice_in_a_form_keeps_both_texts():
    merge = merge_drafts(BASE, state(section(1), section(1, "Dubbel."), section(2), section(3)), BASE)

    assert (None, "Dubbel.") in bodies(merge.state)


texts = st.sampled_from(["", "a", "b", "c"])
rows = st.lists(st.integers(1, 4), unique=True).flatmap(
    lambda pks: st.tuples(
        *(st.builds(lambda body, gone, pk=pk: section(pk, body or "x", is_deleted=gone), texts, st.booleans()) for pk in pks)
    )
)
drafts = st.builds(lambda rows_, title: state(*rows_, title=title), rows, texts)


def saved(draft: DraftState) -> DraftState:
    return DraftState(draft.head, tuple(Row(row.values, row.pk) for row in draft.sections))


@given(drafts, drafts, drafts, st.booleans())
def test_nothing_that_either_wrote_is_lost(base, mine, theirs, is_known):
    base, theirs = saved(base), saved(theirs)
    merge = merge_drafts(base if is_known else None, mine, theirs)

    in_form = {plain(row.values["body"]) for row in merge.state.sections}
    before = {(row.pk, row.values["body"]) for row in base.sections} if is_known else set()
    shown = "".join(part.theirs for part in merge.parts if part.outcome == Outcome.BOTH)
    for row in mine.sections:
        if not row.is_deleted and (row.pk, row.values["body"]) not in before:
            assert plain(row.values["body"]) in in_form
    for row in theirs.sections:
        if (row.pk, row.values["body"]) not in before:
            assert plain(row.values["body"]) in in_form or plain(row.values["body"]) in shown
    kept = [row.pk for row in merge.state.sections if row.pk]
    assert sorted(kept) == sorted(row.pk for row in theirs.sections if row.pk in kept)
    assert len(kept) == len(set(kept))
    if not merge.parts:
        assert bodies(merge.state) == bodies(theirs)


@given(drafts)
def test_merging_with_itself_changes_nothing(draft):
    draft = saved(draft)
    merge = merge_drafts(draft, draft, draft)

    assert (merge.is_same, merge.is_free, merge.state) == (True, True, draft)


def test_state_survives_storage_and_becomes_a_source():
    benefit = {
        "title": "V",
        "anchor": "v",
        "body": "x",
        "image": "",
        "image_alt": "Alt",
        "image_caption": "",
        "claims": ("een", "twee"),
    }
    draft = DraftState(HEAD | {"review_due": "2027-01-31"}, (section(1),), (Row(benefit, 4),))

    assert from_data(to_data(draft)) == draft
    assert source_from(draft).benefits[0].claims == ("een", "twee")


def test_every_field_of_the_form_is_compared():
    assert set(ArticleForm.Meta.fields) == set(PART_NAMES)
    assert set(draft_state.HEAD) - set(PART_NAMES) == {"bibliography", "lang"}  # these no editor can change
