"""A Ray cluster on this machine, as a program: a head without cores and two machines with one core each.

It prints one line of JSON, ``{"address": ..., "raylets": [pid, ...]}``, the machines' processes without the head's,
and ends when its standard input does. It takes the folder that Ray may write to.
"""

import json
import sys

from ray.cluster_utils import Cluster

MEMORY = 100 * 1024**2  # for objects, of each machine
# A machine that is killed is given up after three seconds, not after fifteen.
HEALTH = {"health_check_period_ms": 1_000, "health_check_failure_threshold": 3}


def main(folder: str) -> None:
    shared = {"node_ip_address": "127.0.0.1", "object_store_memory": MEMORY, "include_dashboard": False}
    head = {**shared, "num_cpus": 0, "temp_dir": folder, "_system_config": HEALTH}
    cluster = Cluster(initialize_head=True, head_node_args=head)
    try:
        machines = [cluster.add_node(num_cpus=1, **shared) for _ in range(2)]
        cluster.wait_for_nodes(timeout=120)
        raylets = [machine.all_processes["raylet"][0].process.pid for machine in machines]
        print(json.dumps({"address": cluster.address, "raylets": raylets}), flush=True)
        sys.stdin.read()
    finally:
        cluster.shutdown()


if __name__ == "__main__":
    main(sys.argv[1])
