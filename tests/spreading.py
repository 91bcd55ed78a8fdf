"""How pytest-xdist hands out the tests: one by one to whichever worker is free, but all tests of one house together.

A house is many processes, and several tests share one: two at once on a small machine would be slow for nothing. As the
longest group they are handed out first. (Its own marks for groups are no longer read by xdist 3.8 with pytest 9.2.)
"""

from xdist.scheduler import LoadScopeScheduling

HOUSES = ("tests/house/test_up.py", "tests/house/test_compose.py")


class OneHouse(LoadScopeScheduling):
    """What is handed out at once: a test, or all of the houses."""

    def _split_scope(self, nodeid: str) -> str:
        return "house" if nodeid.startswith(HOUSES) else nodeid
