"""Once: what is found out is kept, and whoever asks meanwhile waits for it instead of asking again."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from functools import wraps
from typing import Any, TypeVar

Found = TypeVar("Found")


def once(
    *, maxsize: int, weight: Callable[[Any], int] = lambda _found: 1
) -> Callable[[Callable[..., Found]], Callable[..., Found]]:
    """Return a decorator that keeps what a function returns, by its arguments, the newest first.

    Unlike `functools.lru_cache`, a second thread that asks the same waits for the first. An error is
    told to all who wait, and not kept.

    Parameters
    ----------
    maxsize
        How much is kept at most, in the unit of `weight`; the newest is kept whatever it weighs.
    weight
        What an answer weighs: 1 each, or for instance its rows.
    """

    def decorate(find: Callable[..., Found]) -> Callable[..., Found]:
        kept: OrderedDict[Hashable, Future[Found]] = OrderedDict()
        lock = threading.Lock()

        def weigh_out() -> None:
            done = [key for key, one in kept.items() if one.done()]
            weights = {key: weight(kept[key].result()) for key in done}
            total = sum(weights.values())
            for key in done[:-1]:
                if total <= maxsize:
                    return
                total -= weights[key]
                del kept[key]

        @wraps(find)
        def found(*asked: Hashable) -> Found:
            with lock:
                answer = kept.get(asked)
                is_ours = answer is None
                if answer is None:
                    answer = kept[asked] = Future()
                kept.move_to_end(asked)
            if is_ours:
                _answer(answer, find, asked)
                with lock:
                    if answer.exception() is None:
                        weigh_out()
                    else:
                        del kept[asked]
            return answer.result()

        return found

    return decorate


def _answer(answer: Future[Found], find: Callable[..., Found], asked: tuple[Any, ...]) -> None:
    try:
        answer.set_result(find(*asked))
    except BaseException as error:
        answer.set_exception(error)
