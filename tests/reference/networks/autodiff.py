"""Figures of dense networks by PyTorch's automatic differentiation in double precision, for tests.

    autodiff.py > vectors.json

Each case is a stack of three layers with biases on a batch of six rows: its weights (out x in), inputs and output
gradient, and what PyTorch finds for every layer.
"""
import json
import sys

import torch
from torch.nn import functional

ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": torch.relu,
    "leaky_relu(0.2)": lambda z: functional.leaky_relu(z, 0.2),
    "relu6": functional.relu6,
    "elu": functional.elu,
    "selu": torch.selu,
    "gelu": functional.gelu,
    "silu": functional.silu,
    "mish": functional.mish,
    "softplus": functional.softplus,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "softsign": functional.softsign,
    "hardtanh": functional.hardtanh,
    "erf": torch.erf,
    "sin": torch.sin,
}
WIDTHS = [5, 7, 4, 3]
ROWS = 6


def figures(values):
    deviation = values - values.mean()
    variance = (deviation ** 2).mean()
    return {
        "mean": values.mean().item(),
        "variance": variance.item(),
        "secondMoment": (values ** 2).mean().item(),
        "skewness": ((deviation ** 3).mean() / variance ** 1.5).item(),
        "kurtosis": ((deviation ** 4).mean() / variance ** 2).item(),
    }


def case(name, phi, generator):
    def draw(*shape):
        return torch.randn(*shape, dtype=torch.float64, generator=generator)

    x, output_gradient = draw(ROWS, WIDTHS[0]), draw(ROWS, WIDTHS[-1])
    layers, a = [], x
    for fan_in, fan_out in zip(WIDTHS, WIDTHS[1:]):
        weight = (draw(fan_out, fan_in) * 0.9).requires_grad_()
        bias = (draw(fan_out) * 0.3).requires_grad_()
        z = functional.linear(a, weight, bias)
        z.retain_grad()
        a = phi(z) if name != "linear" else z * 1
        a.retain_grad()
        layers.append((weight, bias, z, a))
    a.backward(output_gradient)
    return {
        "activation": name,
        "input": x.flatten().tolist(),
        "outputGradient": output_gradient.flatten().tolist(),
        "layers": [{
            "weight": weight.flatten().tolist(),
            "bias": bias.tolist(),
            "preActivation": figures(z.detach()),
            "activations": figures(a.detach()),
            "preActivationGradient": figures(z.grad),
            "activationGradient": figures(a.grad),
            "weightGradient": figures(weight.grad),
            "biasGradient": figures(bias.grad),
        } for weight, bias, z, a in layers],
    }


generator = torch.Generator().manual_seed(7)
cases = [case(name, phi, generator) for name, phi in ACTIVATIONS.items()]
json.dump({"widths": WIDTHS, "rows": ROWS, "torch": torch.__version__, "cases": cases}, sys.stdout)
