"""Draws with the real PyTorch or NumPy, for tests that compare with them bit by bit.

    draw.py versions                    prints the versions, or fails where a framework is missing
    draw.py vectors                     prints vectors.json
    draw.py torch|numpy < calls.json    writes the elements of all tensors to standard output, little-endian

A file of calls is {"seed": 42, "dtype": "float32", "calls": [{"shape": [5], "call": "nn.init.normal_(t, 0.1)"}]}; a
call without shape is a module, whose parameters are written in their order.
"""
import hashlib
import json
import sys

import numpy


def torch_bytes(case):
    import torch
    from torch import nn
    torch.set_default_dtype(getattr(torch, case["dtype"]))
    torch.manual_seed(case["seed"])
    for call in case["calls"]:
        if "shape" in call:
            t = torch.empty(call["shape"])
            eval(call["call"], {"nn": nn, "t": t})
            yield t.detach().numpy().tobytes()
        else:
            for parameter in eval(call["call"], {"nn": nn}).parameters():
                yield parameter.detach().numpy().tobytes()


def numpy_bytes(case):
    rng = numpy.random.default_rng(case["seed"])
    for call in case["calls"]:
        n = call["shape"]
        names = {"rng": rng, "n": n, "f32": numpy.float32}
        yield eval(call["call"], names).astype(case["dtype"], casting="no").tobytes()


DRAW = {"torch": torch_bytes, "numpy": numpy_bytes}


def torch_init(shape, expression):
    """A call of torch.nn.init and the same as an expression, in which words have no quotes."""
    name, _, arguments = expression.partition("(")
    return {"shape": shape, "call": f"nn.init.{name}(t, {arguments}" if arguments else f"nn.init.{name}(t)",
            "initializer": expression.replace("'", "")}


def torch_module(expression):
    return {"call": f"nn.{expression}", "module": expression}


def numpy_call(shape, call, initializer):
    return {"shape": shape, "call": call, "initializer": initializer}


TWELVE_MODULES = [
    "Conv2d(3, 16, 3, padding=1)", "BatchNorm2d(16)", "Conv2d(16, 32, (3, 5), groups=4)",
    "ConvTranspose2d(32, 8, 2, stride=2)",
    "Flatten()", "Linear(392, 64)", "LayerNorm(64)", "ReLU()", "LSTM(64, 32, 2, bidirectional=True)", "GRU(64, 16)",
    "Linear(16, 10, bias=False)", "Embedding(100, 15)"]
MODULES = [
    "Linear(7, 5)", "Conv1d(8, 12, 3, groups=2)", "Conv3d(2, 4, (1, 2, 3), bias=False)",
    "ConvTranspose1d(6, 9, 4, groups=3)",
    "ConvTranspose3d(2, 4, 2)", "Embedding(5, 3)", "Embedding(7, 16)", "RNN(5, 6, num_layers=2, nonlinearity='relu')",
    "LSTM(5, 6, proj_size=2, num_layers=2, bidirectional=True)", "GRU(5, 6, 2, False)", "LayerNorm((4, 3))",
    "LayerNorm(4, elementwise_affine=False)", "BatchNorm1d(3, affine=False)", "BatchNorm3d(5)", "GroupNorm(2, 6)"]


def cases():
    for dtype in ("float32", "float64"):
        for n in (1, 2, 5, 15, 16, 17, 31, 32, 33, 1000):
            if n < 16 or dtype == "float32":
                yield f"normal_ {n}", "torch", 42, dtype, [torch_init([n], "normal_(0.1, 0.3)")]
            yield f"uniform_ {n}", "torch", 42, dtype, [torch_init([n], "uniform_(-0.3, 0.8)")]
        yield "uniform_ 1000003", "torch", 42, dtype, [torch_init([1000003], "uniform_(-0.3, 0.8)")]
        yield "carried normal", "torch", 7, dtype, [
            torch_init([3], "normal_"), torch_init([40, 5], "uniform_"), torch_init([7], "normal_"),
            torch_init([2], "ones_"), torch_init([4], "normal_"), torch_init([8], "normal_(1, 2)"),
            torch_init([1], "normal_(1, 2)"), torch_init([9], "uniform_(0.1, 0.2)")]
        yield "sparse_", "torch", 11, dtype, [
            torch_init([5, 3], "sparse_(0.3)"), torch_init([3, 1], "sparse_(sparsity=0, std=2)"),
            torch_init([1, 7], "sparse_(0.5, std=2)"), torch_init([3], "normal_"), torch_init([4], "uniform_")]
        yield "uniform schemes", "torch", 2 ** 40 + 7, dtype, [
            torch_init([64, 3, 3, 3], "xavier_uniform_"), torch_init([20, 30], "xavier_uniform_(gain=1.6)"),
            torch_init([64, 3, 3, 3], "kaiming_uniform_"), torch_init([21, 31], "kaiming_uniform_(a=0.3)"),
            torch_init([21, 31], "kaiming_uniform_(mode='fan_out', nonlinearity='relu')"),
            torch_init([21, 31], "kaiming_uniform_(nonlinearity='tanh')"), torch_init([11], "constant_(0.5)"),
            torch_init([300, 301], "kaiming_uniform_(a=2.23606797749979)")]
        yield "twelve modules", "torch", 42, dtype, [
            torch_module(module) for module in TWELVE_MODULES[:11 if dtype == "float64" else 12]]
    for module in MODULES:
        yield f"{module}", "torch", 1, "float32", [torch_module(module), torch_init([3], "normal_")]
    yield "normal_ 1000000", "torch", 42, "float32", [torch_init([1000, 1000], "normal_")]
    yield "normal_ 1000003", "torch", 42, "float32", [torch_init([1000003], "normal_(0.1, 0.3)")]
    yield "sparse_ 400x300", "torch", 42, "float32", [
        torch_init([400, 300], "sparse_(0.1)"), torch_init([33, 20], "sparse_(0.25, std=1)"), torch_init([20], "normal_")]
    yield "sparse_ 5000x3", "torch", 5, "float32", [torch_init([5000, 3], "sparse_(0.7)"), torch_init([1], "uniform_")]
    yield "normal_ 2^32 seeds 0", "torch", 2 ** 32, "float32", [torch_init([100], "normal_")]
    yield "normal schemes", "torch", 3, "float32", [
        torch_init([64, 3, 3, 3], "xavier_normal_"), torch_init([20, 30], "xavier_normal_(gain=1.6)"),
        torch_init([64, 3, 3, 3], "kaiming_normal_"), torch_init([21, 31], "kaiming_normal_(a=0.3)"),
        torch_init([21, 31], "kaiming_normal_(mode='fan_out', nonlinearity='relu')"),
        torch_init([21, 31], "kaiming_normal_(nonlinearity='selu')")]
    for seed in (0, 42, 2 ** 32, 2 ** 64 - 1):
        yield f"random {seed}", "numpy", seed, "float64", [numpy_call(101, "rng.random(n)", "uniform_")]
    yield "random 1000003", "numpy", 42, "float64", [numpy_call(1000003, "rng.random(n)", "uniform_")]
    yield "random 1000003", "numpy", 42, "float32", [numpy_call(1000003, "rng.random(n, dtype=f32)", "uniform_")]
    yield "uniform 1000003", "numpy", 42, "float64", [
        numpy_call(1000003, "rng.uniform(-0.3, 0.8, n)", "uniform_(-0.3, 0.8)")]
    yield "uniform 1000003", "numpy", 42, "float32", [
        numpy_call(1000003, "f32(-0.3) + (f32(0.8) - f32(-0.3)) * rng.random(n, dtype=f32)", "uniform_(-0.3, 0.8)")]
    yield "mixed", "numpy", 5, "float64", [
        numpy_call(7, "rng.random(n)", "uniform_"), numpy_call(1000, "rng.standard_normal(n)", "normal_"),
        numpy_call(1, "rng.normal(0.5, 2, n)", "normal_(0.5, 2)"),
        numpy_call(9, "rng.uniform(1, 3, n)", "uniform_(1, 3)")]
    yield "mixed", "numpy", 5, "float32", [
        numpy_call(7, "rng.random(n, dtype=f32)", "uniform_"),
        numpy_call(1001, "rng.standard_normal(n, dtype=f32)", "normal_"),
        numpy_call(1, "f32(0.5) + f32(2) * rng.standard_normal(n, dtype=f32)", "normal_(0.5, 2)"),
        numpy_call(9, "rng.random(n, dtype=f32)", "uniform_")]


def vectors():
    for name, framework, seed, dtype, calls in cases():
        case = {"name": f"{framework} {dtype} {name}", "framework": framework, "seed": seed, "dtype": dtype,
                "calls": calls}
        data = b"".join(DRAW[framework](case))
        first = numpy.frombuffer(data, dtype)[:4].byteswap().tobytes().hex()
        yield {**case, "first": first, "sha256": hashlib.sha256(data).hexdigest()}


def main(command):
    if command == "versions":
        import torch
        print(f"torch {torch.__version__}, numpy {numpy.__version__}")
    elif command == "vectors":
        rows = ",\n".join("  " + json.dumps(row) for row in vectors())
        print(f"[\n{rows}\n]")
    else:
        for data in DRAW[command](json.load(sys.stdin)):
            sys.stdout.buffer.write(data)


main(sys.argv[1])
