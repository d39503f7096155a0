"""Makes PyTorch's checkpoints of two networks, a batch for each, and the figures that PyTorch has of every layer.

Run with a Python that has torch and numpy: python3 make.py; README.md says what the files are.
"""

import csv
import pathlib

import numpy
import torch
from torch import nn
from torch.nn import functional

HERE = pathlib.Path(__file__).resolve().parent
ROWS = 8


class LeNet(nn.Module):
    """Convolutions with padding and with a stride, pools, and dense layers behind them."""

    shape = (1, 16, 16)

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.conv2 = nn.Conv2d(6, 12, 3, stride=2, padding=1)
        self.fc1 = nn.Linear(12 * 2 * 2, 24)
        self.fc2 = nn.Linear(24, 10)

    def forward(self, x, layer):
        x = layer("conv1", self.conv1(x), torch.tanh)
        x = layer("pool1", functional.avg_pool2d(x, 2))
        x = layer("conv2", self.conv2(x), torch.relu)
        x = layer("pool2", functional.max_pool2d(x, 2))
        x = layer("flatten", x.flatten(1))
        x = layer("fc1", self.fc1(x), torch.tanh)
        return layer("fc2", self.fc2(x))


class FeedForward(nn.Module):
    """The second half of a transformer's block, twice, with the names that nn.TransformerEncoderLayer has."""

    shape = (6, 16)

    def __init__(self):
        super().__init__()
        for block in (1, 2):
            self.add_module(f"norm{block}", nn.LayerNorm(16))
            self.add_module(f"linear{block}_up", nn.Linear(16, 48))
            self.add_module(f"linear{block}_down", nn.Linear(48, 16))

    def forward(self, x, layer):
        for block in (1, 2):
            norm, up, down = (
                getattr(self, name) for name in (f"norm{block}", f"linear{block}_up", f"linear{block}_down"))
            y = layer(f"norm{block}", norm(x))
            y = layer(f"linear{block}_up", up(y), functional.gelu)
            x = layer(f"linear{block}_down", down(y) + x)
        return x


def channels_first(values):
    """As InitTools has examples: a transformer's tokens are positions behind the features."""
    return values.transpose(1, 2) if values.ndim == 3 else values


def measure(name, model):
    """Writes checkpoint, batch, gradient and figures; the latter by automatic differentiation in double precision."""
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            if key.startswith("norm"):
                parameter += 0.2 * torch.randn(parameter.shape)
    numpy.savez(HERE / f"{name}.npz", **{key: value.numpy() for key, value in model.state_dict().items()})
    batch = torch.randn(ROWS, *model.shape)
    seen = []

    def layer(layer_name, z, activation=lambda z: z * 1):
        a = activation(z)
        z.retain_grad()
        a.retain_grad()
        seen.append((layer_name, z, a))
        return a

    model.double()
    output = model(batch.double(), layer)
    gradient = torch.randn(output.shape)
    output.backward(gradient.double())
    numpy.save(HERE / f"{name}-batch.npy", channels_first(batch).reshape(ROWS, -1).numpy())
    numpy.save(HERE / f"{name}-gradient.npy", channels_first(gradient).reshape(ROWS, -1).numpy())

    with open(HERE / f"{name}-figures.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([
            "Name", "PreActivationMean", "PreActivationVariance", "PreActivationSecondMoment", "ActivationMean",
            "ActivationVariance", "GradientVariance", "ActivationGradientVariance", "WeightVariance",
            "WeightGradientVariance", "BiasGradientVariance"])
        for layer_name, z, a in seen:
            module = getattr(model, layer_name, None)
            figures = [
                z.mean(), variance(z), z.square().mean(), a.mean(), variance(a), variance(z.grad), variance(a.grad)]
            if module is not None:
                figures += [variance(module.weight), variance(module.weight.grad), variance(module.bias.grad)]
            table.writerow([layer_name, *(repr(figure.item()) for figure in figures)] + [""] * (10 - len(figures)))


def variance(values):
    return values.var(unbiased=False)


torch.set_num_threads(1)
torch.manual_seed(1)
measure("lenet", LeNet())
measure("feed-forward", FeedForward())
