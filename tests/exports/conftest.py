import pytest

from tests.small_view import SmallView


@pytest.fixture
def view():
    return SmallView()
