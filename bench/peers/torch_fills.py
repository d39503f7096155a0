"""PyTorch's side of the comparison: the same jobs, one line of JSON a measurement. Arguments: threads, rounds."""

import json
import sys
import time

import torch


def main(threads, rounds):
    torch.set_num_threads(threads)
    large = torch.empty(1 << 26)
    layer = torch.empty(784, 256)
    small = [torch.empty(16, 16) for _ in range(10_000)]

    def make_small_tensors():
        for tensor in small:
            torch.nn.init.kaiming_normal_(tensor)

    jobs = [
        ("normal", "2^26", large.numel(), lambda: large.normal_()),
        ("uniform", "2^26", large.numel(), lambda: large.uniform_(-1, 1)),
        ("truncated normal", "2^26", large.numel(), lambda: torch.nn.init.trunc_normal_(large)),
        ("normal", "784x256", layer.numel(), lambda: layer.normal_()),
        ("uniform", "784x256", layer.numel(), lambda: layer.uniform_(-1, 1)),
        ("truncated normal", "784x256", layer.numel(), lambda: torch.nn.init.trunc_normal_(layer)),
        ("10,000 HeNormal tensors", "16x16", 10_000 * 256, make_small_tensors),
    ]
    for job, size, count, run in jobs:
        repeats = max(1, 4_000_000 // count)
        # A first touch of memory is no work of the generator's.
        if count < 1 << 26:
            run()
        else:
            large.fill_(0)
        for _ in range(rounds):
            start = time.perf_counter_ns()
            for _ in range(repeats):
                run()
            nanoseconds = (time.perf_counter_ns() - start) / repeats / count
            print(json.dumps({"who": "PyTorch", "job": job, "size": size, "threads": threads, "ns": nanoseconds}))


main(int(sys.argv[1]), int(sys.argv[2]))
