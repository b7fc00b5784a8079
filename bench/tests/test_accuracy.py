"""The word score on readings whose right answer can be counted by hand."""

from random import Random

import pytest

from accuracy import Score, bag, character_errors, differences, line_errors, score_page, score_pages


def test_a_perfect_reading_scores_one():
    score = score_page(["TOTAL 12.50", "GRACIAS"], ["TOTAL 12.50", "GRACIAS"])
    assert score == Score(matched=3, found=3, expected=3)
    assert (score.precision, score.recall, score.f1) == (1.0, 1.0, 1.0)


def test_case_and_order_do_not_matter_and_lines_may_be_cut_anywhere():
    assert score_page(["Total 12.50 Bs"], ["bs", "TOTAL", "12.50"]).f1 == 1.0


def test_a_word_must_be_exactly_right():
    assert score_page(["TOTAL:"], ["TOTAL"]).matched == 0
    assert score_page(["AÑO"], ["ANO"]).matched == 0


def test_a_lost_space_costs_both_words():
    assert score_page(["SALDO ACTUAL"], ["SALDOACTUAL"]) == Score(0, 1, 2)


def test_repeated_words_count_as_often_as_they_stand_there():
    assert score_page(["0.00 0.00 0.00"], ["0.00"]) == Score(1, 1, 3)
    assert score_page(["0.00"], ["0.00 0.00 0.00"]) == Score(1, 3, 1)


def test_composed_and_decomposed_accents_are_the_same_word():
    assert bag(["n\u0303"]) == bag(["\u00d1"])


def test_precision_recall_and_f1_by_hand():
    score = score_page(["A B C D"], ["A B X"])
    assert score.precision == pytest.approx(2 / 3)
    assert score.recall == pytest.approx(2 / 4)
    assert score.f1 == pytest.approx(4 / 7)


def test_nothing_read_and_nothing_there_do_not_divide_by_zero():
    assert score_page([], []).f1 == 0.0
    assert score_page(["A"], []).precision == 0.0
    assert score_page([], ["A"]).recall == 0.0


def test_pages_add_up_by_words_and_a_page_not_read_counts_as_empty():
    truth = {"one": ["A"], "two": ["B C D"]}
    assert score_pages(truth, {"one": ["A"]}) == Score(1, 1, 4)
    assert score_pages(truth, {"one": ["A"], "other": ["Z"]}) == Score(1, 1, 4)


def test_words_of_one_page_do_not_count_for_another():
    assert score_pages({"one": ["A"], "two": ["B"]}, {"one": ["B"], "two": ["A"]}).matched == 0


def test_differences_name_the_missed_and_the_made_up():
    missed, false = differences({"one": ["A A B"]}, {"one": ["A C C"]})
    assert missed == {"A": 1, "B": 1}
    assert false == {"C": 2}


def test_a_line_is_found_wherever_it_stands_on_the_page():
    assert line_errors("TOTAL 12.50", "FECHA 01 TOTAL 12.50 GRACIAS") == 0
    assert line_errors("TOTAL 12.50", "FECHA 01 T0TAL 12,50 GRACIAS") == 2
    assert line_errors("AÑO", "ANO") == 1
    assert line_errors("TOTAL", "") == 5
    assert line_errors("", "TOTAL") == 0


def plain_errors(line, page):
    """The same by the table of all beginnings."""
    row = [0] * (len(page) + 1)
    for index, wanted in enumerate(line, 1):
        previous, row[0] = row[0], index
        for place, character in enumerate(page, 1):
            changed = previous + (character != wanted)
            previous, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, changed)
    return min(row)


def test_errors_of_a_line_are_those_of_the_plain_table():
    random = Random(6)
    for _ in range(300):
        line = "".join(random.choices("ABC", k=random.randrange(9)))
        page = "".join(random.choices("ABC", k=random.randrange(20)))
        assert line_errors(line, page) == plain_errors(line, page), (line, page)


def test_characters_wrong_are_a_share_of_all():
    assert character_errors({"a": ["ABCD", "EFGH"]}, {"a": ["EFGX", "ABCD"]}) == pytest.approx(
        1 / 8
    )
    assert character_errors({"a": ["ABCD"]}, {}) == 1.0
