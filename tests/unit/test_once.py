"""Once: what is found out is kept, and who asks meanwhile waits for it."""

import threading

import pytest

from budgeting.once import once

PATIENCE = 20.0  # seconds; nobody waits so long


def test_what_was_asked_is_not_found_out_again():
    asked = []

    @once(maxsize=2)
    def double(number):
        asked.append(number)
        return 2 * number

    assert [2, 4, 2, 4] == [double(number) for number in (1, 2, 1, 2)]
    assert [1, 2] == asked


@pytest.mark.parametrize(("maxsize", "again"), [(2, [1, 2, 3, 2]), (3, [1, 2, 3])])
def test_what_was_not_asked_for_longest_goes_first(maxsize, again):
    """Of three answers, where two are kept, the one asked for last before the third stays."""
    asked = []

    @once(maxsize=maxsize)
    def same(number):
        asked.append(number)
        return number

    for number in (1, 2, 1, 3, 1, 2):
        same(number)
    assert again == asked


@pytest.mark.parametrize(("weight", "again"), [(5, 2), (6, 3)])
def test_answers_weigh_what_they_are_said_to(weight, again):
    """Two of five are ten; two of six are more, and only the newer one stays."""
    asked = []

    @once(maxsize=10, weight=lambda found: found)
    def heavy(name):
        asked.append(name)
        return weight

    for name in "aba":
        heavy(name)
    assert again == len(asked)


def test_the_newest_stays_whatever_it_weighs():
    asked = []

    @once(maxsize=1, weight=lambda found: 100)
    def heavy(name):
        asked.append(name)

    heavy("a"), heavy("a")
    assert ["a"] == asked


def test_an_error_is_told_and_not_kept():
    asked = []

    @once(maxsize=2)
    def fail(number):
        asked.append(number)
        raise ZeroDivisionError

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            fail(1)
    assert [1, 1] == asked


def test_who_asks_meanwhile_waits_for_the_same_answer():
    """Two threads ask; one finds it out, the other gets what that one found."""
    begun, may_end, asked, answers = threading.Event(), threading.Event(), [], []

    @once(maxsize=2)
    def slow(number):
        asked.append(number)
        begun.set()
        assert may_end.wait(PATIENCE)
        return object()

    def ask():
        answers.append(slow(1))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    threads[0].start()
    assert begun.wait(PATIENCE)
    threads[1].start()
    may_end.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert ([1], 1, 2) == (asked, len(set(answers)), len(answers))


def test_other_questions_do_not_wait():
    """While one is being found out, another one is answered."""
    may_end = threading.Event()

    @once(maxsize=2)
    def slow(number):
        if number:
            assert may_end.wait(PATIENCE)
        return number

    thread = threading.Thread(target=slow, args=(1,))
    thread.start()
    assert 0 == slow(0)
    may_end.set()
    thread.join(PATIENCE)
    assert 1 == slow(1)
