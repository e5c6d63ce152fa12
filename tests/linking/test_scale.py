"""A registry of 100,000 aliases: what it costs in memory and in time, as ratios that do not depend on the machine."""

import pytest

from benchmarks.extraction import generated
from benchmarks.linking import ALIASES, loaded, share_of_linking, synthetic_actors


@pytest.mark.parametrize("language", ["ar", "en"])
def test_linking_with_100_000_aliases(language: str) -> None:
    documents = list(generated(language))[:20]
    _, megabytes, extractor = loaded(synthetic_actors(), documents[0])

    assert ALIASES >= 100_000
    assert megabytes < 200
    assert share_of_linking(language, extractor, documents) <= 1 / 3
