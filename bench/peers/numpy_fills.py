"""NumPy's side of the comparison: the same jobs, one line of JSON a measurement. Arguments: threads (1), rounds."""

import json
import sys
import time

import numpy as np


def main(threads, rounds):
    if threads > 1:
        return
    generator = np.random.default_rng(42)
    large = np.empty(1 << 26, dtype=np.float32)
    layer = np.empty(784 * 256, dtype=np.float32)
    jobs = [
        ("normal", "2^26", large, lambda: generator.standard_normal(dtype=np.float32, out=large)),
        ("uniform", "2^26", large, lambda: generator.random(dtype=np.float32, out=large)),
        ("normal", "784x256", layer, lambda: generator.standard_normal(dtype=np.float32, out=layer)),
        ("uniform", "784x256", layer, lambda: generator.random(dtype=np.float32, out=layer)),
    ]
    for job, size, values, run in jobs:
        repeats = max(1, 4_000_000 // values.size)
        values.fill(0)
        for _ in range(rounds):
            start = time.perf_counter_ns()
            for _ in range(repeats):
                run()
            nanoseconds = (time.perf_counter_ns() - start) / repeats / values.size
            print(json.dumps({"who": "NumPy", "job": job, "size": size, "threads": 1, "ns": nanoseconds}))


main(int(sys.argv[1]), int(sys.argv[2]))
