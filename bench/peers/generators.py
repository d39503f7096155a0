"""Times the real PyTorch and NumPy for bench/InitTools.GeneratorComparison: reads "<job> <elements>" lines, answers each
with the nanoseconds that one fill of an existing array took."""
import sys
import time

import numpy
import torch

torch.set_num_threads(1)
arrays = {}


def array(kind, make, n):
    if (kind, n) not in arrays:
        arrays[kind, n] = make(n)
    return arrays[kind, n]


def torch_fill(name, dtype):
    def fill(n):
        tensor = array(f"torch {dtype}", lambda n: torch.zeros(n, dtype=dtype), n)
        torch.manual_seed(42)
        start = time.perf_counter_ns()
        getattr(tensor, name)()
        return time.perf_counter_ns() - start
    return fill


def numpy_fill(name, dtype):
    def fill(n):
        values = array(f"numpy {dtype}", lambda n: numpy.zeros(n, dtype), n)
        rng = numpy.random.default_rng(42)
        start = time.perf_counter_ns()
        getattr(rng, name)(out=values, dtype=dtype)
        return time.perf_counter_ns() - start
    return fill


JOBS = {
    "torch-normal-float32": torch_fill("normal_", torch.float32),
    "torch-normal-float64": torch_fill("normal_", torch.float64),
    "torch-uniform-float32": torch_fill("uniform_", torch.float32),
    "torch-uniform-float64": torch_fill("uniform_", torch.float64),
    "numpy-normal-float32": numpy_fill("standard_normal", numpy.float32),
    "numpy-normal-float64": numpy_fill("standard_normal", numpy.float64),
    "numpy-uniform-float32": numpy_fill("random", numpy.float32),
    "numpy-uniform-float64": numpy_fill("random", numpy.float64),
}

print(f"torch {torch.__version__} ({torch.__config__.show().split('usage:')[1].split()[0]}), "
      f"numpy {numpy.__version__}, one thread", flush=True)
for line in sys.stdin:
    job, n = line.split()
    print(JOBS[job](int(n)), flush=True)
