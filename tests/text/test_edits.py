"""However often a text is edited, each stretch of it is found again where it stood."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.text.edits import Edit, Mended


def test_a_text_without_edits_stays_the_same_object():
    mended = Mended("Sở Y tế", "Sở Y tế")
    assert mended.edited([]) is mended
    assert mended.kept is None


def test_other_letters_leave_each_where_it_stood():
    mended = Mended("Ðỗ An", "Ðỗ An").respelled("Đỗ An")
    assert mended.kept is not None
    assert (mended.text, mended.kept.text, mended.kept.span((1, 4))) == ("Đỗ An", "Ðỗ An", (1, 4))
    assert mended.respelled("Đỗ An") is mended


def test_what_was_put_in_and_left_out_is_passed_over():
    mended = Mended("abcdef", "abcdef").edited([(1, 2, ""), (4, 4, ". ")])
    assert mended.text == "acd. ef"
    assert mended.kept is not None
    assert [mended.kept.span(span) for span in [(0, 2), (1, 3), (2, 6), (5, 7)]] == [(0, 3), (2, 4), (3, 5), (4, 6)]


def test_another_word_stands_for_the_whole_of_the_old_one():
    mended = Mended("một hai ba", "một hai ba").edited([(4, 7, "2")])
    assert mended.kept is not None
    assert mended.kept.span((4, 5)) == (4, 7)


def test_what_was_moved_is_quoted_with_all_that_lies_between():
    mended = Mended("trái|phải\ndưới", "trái|phải\ndưới").moved([(0, 4), (9, 14), (4, 9)])
    assert mended.text == "trái\ndưới|phải"
    assert mended.kept is not None
    assert mended.kept.span((5, 9)) == (10, 14)
    assert mended.kept.span((0, 9)) == (0, 14)


@st.composite
def rounds(draw: st.DrawFn) -> tuple[str, list[list[Edit]]]:
    """A text, and rounds of edits as positions that fit any length."""
    text = draw(st.text(alphabet="abcde", min_size=1, max_size=30))
    size, edits = len(text), []
    for _ in range(draw(st.integers(1, 3))):
        cuts = sorted(draw(st.lists(st.integers(0, size), max_size=6)))
        made = [(a, b, draw(st.sampled_from(["", "X", "XY"]))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
        edits.append(made)
        size += sum(len(new) - (b - a) for a, b, new in made)
        if not size:
            break
    return text, edits


@given(rounds())
def test_every_letter_that_was_not_touched_is_found_where_it_stood(given_rounds):
    text, edits = given_rounds
    mended = Mended(text, text)
    for made in edits:
        mended = mended.edited(made)
    kept = mended.kept
    if kept is None:
        return
    assert kept.text == text
    for at, letter in enumerate(mended.text):
        start, end = kept.span((at, at + 1))
        assert 0 <= start <= end <= len(text)
        assert letter in "XY" or text[start:end] == letter
    untouched = [kept.span((at, at + 1)) for at, letter in enumerate(mended.text) if letter not in "XY"]
    assert untouched == sorted(set(untouched))
    if mended.text:
        start, end = kept.span((0, len(mended.text)))
        assert all(start <= a < b <= end for a, b in untouched)
