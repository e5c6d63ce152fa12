"""Ingest on a cluster, as a program: WORKSPACE ADDRESS EXTRACTOR CHARACTERS SOURCE...

It prints progress, a line of JSON at each step, and then the report. ``CHARACTERS`` is how much text a task has: few
make many tasks of little text.
"""

import json
import sys
from dataclasses import asdict

from graph.workspace import Workspace
from ingest.distributed import driver, ingest_on_cluster
from ingest.readers import source_of
from tests.pipeline import extractors


def main(workspace: str, address: str, extractor: str, characters: str, *sources: str) -> None:
    driver.CHUNK_CHARACTERS = int(characters)
    driver.BATCH_ROWS = 10
    report = ingest_on_cluster(
        Workspace.create(workspace),
        list(map(source_of, sources)),
        extractor=getattr(extractors, extractor)(),
        address=address,
        on_progress=lambda progress: print(json.dumps(asdict(progress)), flush=True),
    )
    print(json.dumps(asdict(report)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
