"""PyTorch's side of the matrix jobs, one line of JSON a measurement. Arguments: threads, rounds, who to print.

Mean and variance of a layer are taken as torch.var_mean gives them, and, as "(var, mean)", by the two calls torch.var and
torch.mean, which are faster.
"""

import ctypes
import json
import re
import sys
import time

import torch

DEPTH, WIDTH, BATCH, MANY = 50, 1024, 256, 10_000_000


def blas_core():
    """The processor whose kernels OpenBLAS chose, or none where PyTorch has another library."""
    torch.mm(torch.ones(2, 2), torch.ones(2, 2))
    with open("/proc/self/maps", encoding="utf-8") as file:
        path = re.search(r"/\S*libopenblas\S*", file.read())
    if path is None:
        return None
    name = ctypes.CDLL(path.group()).openblas_get_corename
    name.restype = ctypes.c_char_p
    return name().decode()


def var_mean(values):
    torch.var_mean(values, unbiased=False)


def var_and_mean(values):
    torch.var(values, unbiased=False)
    torch.mean(values)


def stack_jobs(statistics):
    weights = [torch.randn(WIDTH, WIDTH) * (2 / WIDTH) ** 0.5 for _ in range(DEPTH)]
    first = torch.randn(BATCH, WIDTH)
    output_gradient = torch.randn(BATCH, WIDTH)
    inputs = [first] + [torch.empty(BATCH, WIDTH) for _ in range(DEPTH)]
    sums = [torch.empty(BATCH, WIDTH) for _ in range(DEPTH)]
    gradients = [torch.empty(BATCH, WIDTH) for _ in range(2)]
    weight_gradient = torch.empty(WIDTH, WIDTH)

    def forward():
        for layer in range(DEPTH):
            torch.mm(inputs[layer], weights[layer], out=sums[layer])
            torch.clamp(sums[layer], min=0, out=inputs[layer + 1])
            statistics(sums[layer])
            statistics(inputs[layer + 1])

    def forward_and_backward():
        forward()
        gradients[0].copy_(output_gradient)
        for layer in reversed(range(DEPTH)):
            gradient, following = gradients
            gradient.mul_(sums[layer] > 0)
            torch.mm(inputs[layer].t(), gradient, out=weight_gradient)
            torch.mm(gradient, weights[layer].t(), out=following)
            statistics(gradient)
            statistics(weight_gradient)
            gradients.reverse()

    return forward, forward_and_backward


def product(rows, depth, columns, dtype):
    left, right = torch.randn(rows, depth, dtype=dtype), torch.randn(depth, columns, dtype=dtype)
    result = torch.empty(rows, columns, dtype=dtype)
    return lambda: torch.mm(left, right, out=result)


def orthogonal(size):
    matrix = torch.empty(size, size)
    return lambda: torch.nn.init.orthogonal_(matrix)


def jobs():
    for rows, depth, columns in ((512, 512, 512), (1024, 1024, 1024), (256, 1024, 1024)):
        yield "product", f"{rows}x{depth}x{columns}", product(rows, depth, columns, torch.float32)
    yield "product Float64", "1024x1024x1024", product(1024, 1024, 1024, torch.float64)
    for size in (512, 1024, 2048):
        yield "orthogonal", f"{size}x{size}", orthogonal(size)
    size = f"{DEPTH} layers, {WIDTH}x{WIDTH}, batch {BATCH}"
    values = torch.randn(MANY)
    for suffix, statistics in (("", var_mean), (" (var, mean)", var_and_mean)):
        forward, forward_and_backward = stack_jobs(statistics)
        yield "forward, statistics" + suffix, size, forward
        yield "forward, backward, statistics" + suffix, size, forward_and_backward
        yield "mean and variance" + suffix, "10^7", lambda: statistics(values)


def main(threads, rounds, who):
    torch.set_num_threads(threads)
    core = blas_core()
    with torch.no_grad():
        for job, size, run in jobs():
            run()
            for _ in range(rounds):
                start = time.perf_counter_ns()
                run()
                print(json.dumps({
                    "who": who, "table": "matrix", "job": job, "size": size, "threads": threads, "core": core,
                    "ns": time.perf_counter_ns() - start}))


main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
