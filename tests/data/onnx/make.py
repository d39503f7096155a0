"""Writes the models beside this script with ONNX and PyTorch themselves (they were made with ONNX 1.12.0, PyTorch 1.13.0).

Tensor k of typed.onnx and raw.onnx has the values (1, -2.5, 0.15625, 0, 65280, -0.0) in the shape (2, 3). Run it with a
Python that has the packages: /usr/bin/python3 make.py
"""
import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

folder = pathlib.Path(__file__).parent
values = [1.0, -2.5, 0.15625, 0.0, 65280.0, -0.0]


def model(initializers, nodes=(), metadata=None):
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)
    graph = helper.make_graph(list(nodes), "g", [], [output], initializers)
    made = helper.make_model(graph, producer_name="make.py")
    helper.set_model_props(made, metadata or {})
    return made


def bfloat16_bytes():
    return (np.array(values, np.float32).view(np.uint32) >> 16).astype("<u2").tobytes()


typed = [
    helper.make_tensor("float", TensorProto.FLOAT, [2, 3], values),
    helper.make_tensor("double", TensorProto.DOUBLE, [2, 3], values),
    helper.make_tensor("float16", TensorProto.FLOAT16, [2, 3], np.array(values, np.float16)),
    helper.make_tensor("bfloat16", TensorProto.BFLOAT16, [2, 3], values),
    helper.make_tensor("int64", TensorProto.INT64, [2], [3, -4]),
    helper.make_tensor("string", TensorProto.STRING, [1], [b"text"]),
]
onnx.save(model(typed, metadata={"recipe": "é"}), folder / "typed.onnx")

raw = [
    numpy_helper.from_array(np.array(values, np.float32).reshape(2, 3), "float"),
    numpy_helper.from_array(np.array(values, np.float64).reshape(2, 3), "double"),
    numpy_helper.from_array(np.array(values, np.float16).reshape(2, 3), "float16"),
    helper.make_tensor("bfloat16", TensorProto.BFLOAT16, [2, 3], bfloat16_bytes(), raw=True),
    numpy_helper.from_array(np.array(0.5, np.float32), "scalar"),
    numpy_helper.from_array(np.zeros((0, 3), np.float32), "empty"),
    numpy_helper.from_array(np.array([True]), "bool"),
]
onnx.save(model(raw), folder / "raw.onnx")

onnx.save(
    model(raw[:3]), str(folder / "external.onnx"), save_as_external_data=True, location="external.bin", size_threshold=0)

dense = helper.make_tensor("sparse", TensorProto.FLOAT, [2], [1.0, 2.0])
places = helper.make_tensor("places", TensorProto.INT64, [2], [0, 5])
sparse = model([raw[0]])
sparse.graph.sparse_initializer.append(helper.make_sparse_tensor(dense, places, [2, 3]))
onnx.save(sparse, folder / "sparse.onnx")

try:
    import torch
except ImportError:
    print("PyTorch is not installed: dense.onnx was not made anew")
else:
    torch.manual_seed(1)
    network = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, 2))
    torch.onnx.export(network, torch.ones(1, 3), folder / "dense.onnx", do_constant_folding=False)
    for name, tensor in network.state_dict().items():
        np.save(folder / f"dense.{name}.npy", tensor.numpy())
