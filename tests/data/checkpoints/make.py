"""Makes the checkpoints of this directory with PyTorch's own modules; README.md says what they are.

Run with a Python that has torch and numpy: python3 make.py
"""

import json
import pathlib
import struct

import numpy
import torch
from torch import nn

HERE = pathlib.Path(__file__).resolve().parent
DTYPES = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16"}


def save(name, state):
    """A safetensors file: the length of the header, the header as JSON, the values."""
    header, values = {}, b""
    for key, tensor in state.items():
        if tensor.dtype not in DTYPES:
            continue
        data = tensor.detach().contiguous()
        raw = (data.view(torch.int16) if data.dtype == torch.bfloat16 else data).numpy().tobytes()
        header[key] = {
            "dtype": DTYPES[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [len(values), len(values) + len(raw)],
        }
        values += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    (HERE / name).write_bytes(struct.pack("<Q", len(text)) + text + values)


class Layers(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(40, 24, padding_idx=0)
        self.lstm = nn.LSTM(24, 32)
        self.gru = nn.GRU(24, 16)
        self.conv = nn.Conv2d(3, 16, 3)
        self.bn1 = nn.BatchNorm2d(16)
        self.depthwise = nn.Conv2d(16, 16, 5, groups=16)
        self.upsample = nn.ConvTranspose2d(16, 8, 2, stride=2)
        self.attention = nn.MultiheadAttention(32, 4)
        self.norm = nn.LayerNorm(32)
        self.fc1 = nn.Linear(64, 48)
        self.head = nn.Linear(48, 10)


def digits():
    table = numpy.loadtxt(HERE.parent / "digits.csv", delimiter=",", skiprows=1)
    pixels = torch.tensor(table[:, :64], dtype=torch.float32)
    return (pixels - pixels.mean()) / pixels.std(), torch.tensor(table[:, 64], dtype=torch.int64)


def train(optimizer, epochs, **options):
    torch.manual_seed(7)
    model = nn.Sequential(nn.Linear(64, 48), nn.LayerNorm(48), nn.ReLU(), nn.Linear(48, 32), nn.ReLU(), nn.Linear(32, 10))
    step = optimizer(model.parameters(), **options)
    pixels, labels = digits()
    for _ in range(epochs):
        for rows in torch.randperm(len(labels)).split(64):
            step.zero_grad()
            nn.functional.cross_entropy(model(pixels[rows]), labels[rows]).backward()
            step.step()
    accuracy = (model(pixels).argmax(1) == labels).float().mean().item()
    print(f"{optimizer.__name__}: {epochs} epochs, accuracy {accuracy:.3f}")
    return model.state_dict()


torch.set_num_threads(1)
torch.manual_seed(1)
save("torch-layers.safetensors", Layers().state_dict())
save("torch-trained-adam.safetensors", train(torch.optim.Adam, 10, lr=3e-3))
save("torch-trained-sgd.safetensors", train(torch.optim.SGD, 20, lr=0.1, momentum=0.9))
torch.manual_seed(2)
save("torch-orthogonal.safetensors", {
    "square.weight": nn.init.orthogonal_(torch.empty(48, 48)),
    "wide.weight": nn.init.orthogonal_(torch.empty(24, 96), gain=2 ** 0.5),
    "conv.weight": nn.init.dirac_(torch.empty(16, 8, 3, 3)),
    "half.weight": nn.init.trunc_normal_(torch.empty(64, 32), std=0.02).half(),
    "eye.weight": nn.init.eye_(torch.empty(24, 16)),
    "sparse.weight": nn.init.sparse_(torch.empty(40, 30), sparsity=0.5),
})
