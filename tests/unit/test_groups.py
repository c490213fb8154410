"""Tests that share what is dear to prepare run on one worker."""

import pytest


@pytest.mark.xdist_group("one worker")
def test_the_group_of_a_test_is_known_to_xdist(request):
    """Where it is not, every worker prepares the same again, and nothing else tells."""
    is_grouping = getattr(request.config.option, "loadgroup", False)
    assert not is_grouping or request.node.nodeid.endswith("@one worker")
