"""Values of networks with convolutions, pools, normalizations and skips, by PyTorch's automatic differentiation in
double precision, for tests.

    graphs.py > graphs.json

Each case is a list of layers as InitTools describes them, its parameters in PyTorch's order of axes, a batch of two
examples with the gradient of its output, and what PyTorch finds: all values of every layer, forwards and backwards.
"""
import json
import sys

import torch
from torch.nn import functional

ROWS = 2
PHI = {"linear": lambda z: z * 1, "relu": torch.relu, "tanh": torch.tanh, "gelu": functional.gelu}
CONVOLVE = {1: functional.conv1d, 2: functional.conv2d, 3: functional.conv3d}
AVERAGE = {1: functional.avg_pool1d, 2: functional.avg_pool2d, 3: functional.avg_pool3d}
MAXIMUM = {1: functional.max_pool1d, 2: functional.max_pool2d, 3: functional.max_pool3d}

CASES = {
    "one axis: stride, padding, dilation": [
        {"Kind": "Input", "Shape": "3x9"},
        {"Name": "conv", "Shape": "4x3x3", "Stride": "2", "Padding": "1", "Dilation": "2", "Activation": "tanh"},
        {"Kind": "Flatten"},
        {"Name": "fc", "FanIn": 16, "FanOut": 3, "Activation": "linear"},
    ],
    "two axes: unequal strides and padding, groups, depthwise": [
        {"Kind": "Input", "Shape": "4x7x5"},
        {"Name": "conv1", "Shape": "6x2x3x2", "Stride": "2x1", "Padding": "1x0", "Groups": 2, "Activation": "tanh"},
        {"Name": "conv2", "Shape": "12x1x2x3", "Padding": "0x1", "Dilation": "2x1", "Groups": 6, "Activation": "relu"},
        {"Kind": "Flatten"},
        {"Name": "fc", "FanIn": 96, "FanOut": 3, "Activation": "linear"},
    ],
    "three axes": [
        {"Kind": "Input", "Shape": "2x4x3x5"},
        {"Name": "conv", "Shape": "4x1x2x2x3", "Padding": "1x0x1", "Dilation": "1x1x2", "Stride": "1x2x1", "Groups": 2,
         "Activation": "tanh"},
        {"Kind": "AveragePool", "Kernel": "2x1x2"},
        {"Kind": "Flatten"},
        {"Name": "fc", "FanIn": 8, "FanOut": 2, "Activation": "linear"},
    ],
    "padding that keeps the positions": [
        {"Kind": "Input", "Shape": "2x5x4"},
        {"Name": "conv1", "Shape": "3x2x2x4", "Padding": "same", "Activation": "tanh"},
        {"Name": "conv2", "Shape": "3x3x3x3", "Padding": "same", "Dilation": "2x1", "Activation": "linear"},
    ],
    "pools that overlap and are padded": [
        {"Kind": "Input", "Shape": "3x6x7"},
        {"Name": "conv", "Shape": "4x3x3x3", "Padding": "1", "Activation": "tanh"},
        {"Name": "average", "Kind": "AveragePool", "Kernel": "3x3", "Stride": "2", "Padding": "1"},
        {"Name": "largest", "Kind": "MaxPool", "Kernel": "2x3", "Stride": "1x2", "Padding": "1", "Activation": "tanh"},
        {"Kind": "Flatten"},
        {"Name": "fc", "FanIn": 32, "FanOut": 2, "Activation": "linear"},
    ],
    "residual convolutions": [
        {"Kind": "Input", "Shape": "4x4x4"},
        {"Name": "conv1", "Shape": "4x4x3x3", "Padding": "1", "Activation": "relu"},
        {"Name": "conv2", "Shape": "4x4x3x3", "Padding": "1", "Activation": "relu", "Skip": "input"},
        {"Name": "conv3", "Shape": "4x4x3x3", "Padding": "1", "Activation": "linear", "Skip": "conv1"},
    ],
    "residual dense layers, two skips from one": [
        {"Name": "fc1", "FanIn": 5, "FanOut": 5, "Activation": "tanh"},
        {"Name": "fc2", "FanIn": 5, "FanOut": 5, "Activation": "relu", "Skip": "fc1"},
        {"Name": "fc3", "FanIn": 5, "FanOut": 5, "Activation": "tanh", "Skip": "fc1"},
        {"Name": "fc4", "FanIn": 5, "FanOut": 5, "Activation": "linear", "Skip": "input"},
    ],
    "transformer feed-forward, normalized before and after": [
        {"Kind": "Input", "Shape": "6x4"},
        {"Name": "norm1", "Kind": "LayerNormalization"},
        {"Name": "up1", "FanIn": 6, "FanOut": 12, "Activation": "gelu"},
        {"Name": "down1", "FanIn": 12, "FanOut": 6, "Activation": "linear", "Skip": "input"},
        {"Name": "norm2", "Kind": "LayerNormalization", "Epsilon": 0.1},
        {"Name": "up2", "FanIn": 6, "FanOut": 12, "Activation": "gelu"},
        {"Name": "down2", "FanIn": 12, "FanOut": 6, "Activation": "linear", "Skip": "down1"},
        {"Name": "norm3", "Kind": "LayerNormalization", "Activation": "tanh"},
    ],
}


def axes(text):
    return [int(part) for part in str(text).split("x")]


def spread(layer, name, otherwise, rank):
    values = axes(layer.get(name, otherwise))
    return values * rank if len(values) == 1 else values


def window(layer, rank, stride):
    padding = layer.get("Padding", "0")
    return {
        "stride": spread(layer, "Stride", stride, rank),
        "padding": padding if padding == "same" else spread(layer, "Padding", "0", rank),
    }


def operate(layer, x, draw):
    """z without what a skip adds, weight, bias."""
    kind = layer.get("Kind", "Convolution" if "Shape" in layer else "Dense")
    rank = x.dim() - 2
    if kind == "Flatten":
        return x.flatten(1), None, None
    if kind == "AveragePool":
        return AVERAGE[rank](x, axes(layer["Kernel"]), **window(layer, rank, layer["Kernel"])), None, None
    if kind == "MaxPool":
        return MAXIMUM[rank](x, axes(layer["Kernel"]), **window(layer, rank, layer["Kernel"])), None, None
    if kind == "LayerNormalization":
        weight, bias = (1 + draw(x.shape[1]) * 0.3).requires_grad_(), (draw(x.shape[1]) * 0.3).requires_grad_()
        z = functional.layer_norm(x.movedim(1, -1), [x.shape[1]], weight, bias, layer.get("Epsilon", 1e-5))
        return z.movedim(-1, 1), weight, bias
    if kind == "Dense":
        weight = (draw(layer["FanOut"], layer["FanIn"]) / layer["FanIn"] ** 0.5).requires_grad_()
        bias = (draw(layer["FanOut"]) * 0.3).requires_grad_()
        return functional.linear(x.movedim(1, -1), weight, bias).movedim(-1, 1), weight, bias
    shape = axes(layer["Shape"])
    weight = (draw(*shape) / weight_scale(shape)).requires_grad_()
    bias = (draw(shape[0]) * 0.3).requires_grad_() if layer["Name"] != "conv3" else None
    z = CONVOLVE[rank](
        x, weight, bias, groups=layer.get("Groups", 1), dilation=spread(layer, "Dilation", "1", rank),
        **window(layer, rank, "1"))
    return z, weight, bias


def weight_scale(shape):
    fan_in = 1
    for axis in shape[1:]:
        fan_in *= axis
    return fan_in ** 0.5


def values(tensor):
    return None if tensor is None else tensor.flatten().tolist()


def case(name, layers, generator):
    def draw(*shape):
        return torch.randn(*shape, dtype=torch.float64, generator=generator)

    shape = axes(layers[0]["Shape"]) if layers[0].get("Kind") == "Input" else [layers[0]["FanIn"]]
    x = draw(ROWS, *shape).requires_grad_()
    outputs, found, a = {"input": x}, [], x
    for layer in layers:
        if layer.get("Kind") == "Input":
            continue
        z, weight, bias = operate(layer, a, draw)
        z = z + outputs[layer["Skip"]] if "Skip" in layer else z * 1
        z.retain_grad()
        a = PHI[layer.get("Activation", "linear")](z)
        a.retain_grad()
        outputs[layer.get("Name")] = a
        found.append((weight, bias, z, a))
    output_gradient = draw(*a.shape)
    a.backward(output_gradient)
    return {
        "name": name,
        "layers": layers,
        "input": values(x.detach()),
        "inputGradient": values(x.grad),
        "outputGradient": values(output_gradient),
        "found": [{
            "weight": values(weight),
            "bias": values(bias),
            "preActivations": values(z.detach()),
            "activations": values(a.detach()),
            "preActivationGradient": values(z.grad),
            "activationGradient": values(a.grad),
            "weightGradient": values(weight.grad) if weight is not None else None,
            "biasGradient": values(bias.grad) if bias is not None else None,
        } for weight, bias, z, a in found],
    }


generator = torch.Generator().manual_seed(11)
cases = [case(name, layers, generator) for name, layers in CASES.items()]
json.dump({"rows": ROWS, "torch": torch.__version__, "cases": cases}, sys.stdout)
