import pytest

from tests.sample_claims import sample_view


@pytest.fixture
def view(workspace):
    return sample_view(workspace)
