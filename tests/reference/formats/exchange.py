"""Files between this project and NumPy, PyTorch and ONNX: each reads what was written here, and writes what is read here.

    exchange.py numpy-read FOLDER    lists the arrays of all .npy and .npz files
    exchange.py numpy-write FOLDER   writes .npy and .npz files of all kinds, and lists them
    exchange.py torch-read FILE      loads a .safetensors file and lists its tensors
    exchange.py torch-write FILE     writes the state of a freshly made network to a .safetensors file, and lists it
    exchange.py torch-forward FOLDER loads model.safetensors into a network, strictly, and runs input.npy through it
    exchange.py onnx-write FOLDER    writes three models with the arrays of all .npy files as initializers

A list has a line for each array: name, type, shape and SHA-256 of the values, row-major and little-endian.
"""
import hashlib
import json
import pathlib
import struct
import sys

import numpy as np


def line(name, kind, shape, data):
    print("\t".join([name, kind, "x".join(map(str, shape)), hashlib.sha256(data).hexdigest()]))


def array_line(name, array):
    kind = f"f{array.dtype.itemsize}"
    line(name, kind, array.shape, array.astype(f"<{kind}").tobytes("C"))


def numpy_read(folder):
    for path in sorted(pathlib.Path(folder).glob("*.np[yz]")):
        loaded = np.load(path, allow_pickle=False)
        if path.suffix == ".npy":
            array_line(path.name, loaded)
        else:
            for name in loaded.files:
                array_line(f"{path.name}/{name}", loaded[name])


def numpy_write(folder):
    folder = pathlib.Path(folder)
    rng = np.random.default_rng(1)
    arrays = {}
    for shape in [(7,), (5, 3), (2, 3, 4), (1, 1), ()]:
        for kind in ["<f2", ">f2", "<f4", ">f4", "<f8", ">f8"]:
            for order in "CF":
                array = np.asarray(rng.standard_normal(shape), kind, order=order)
                name = f"{'x'.join(map(str, shape)) or 'number'}-{kind[1:]}-{'big' if kind[0] == '>' else 'little'}-{order}"
                arrays[name] = array
                version = (len(arrays) % 3 + 1, 0)
                with open(folder / f"{name}.npy", "wb") as file:
                    np.lib.format.write_array(file, array, version=version, allow_pickle=False)
    np.savez(folder / "stored.npz", **arrays)
    np.savez_compressed(folder / "deflated.npz", **arrays)
    numpy_read(folder)


TYPES = {"F16": "float16", "BF16": "bfloat16", "F32": "float32", "F64": "float64"}


def load_safetensors(path):
    """The format in a dozen lines: a length, a JSON header, and bytes."""
    import torch
    data = pathlib.Path(path).read_bytes()
    length, = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        raw = torch.frombuffer(bytearray(data[begin:end]), dtype=getattr(torch, TYPES[entry["dtype"]]))
        tensors[name] = raw.reshape(entry["shape"])
    return tensors


def save_safetensors(path, tensors):
    names = {kind: name for name, kind in TYPES.items()}
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, tensor in tensors.items():
        content = bytes_of(tensor)
        kind = names[str(tensor.dtype).removeprefix("torch.")]
        header[name] = {
            "dtype": kind, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(content)]}
        data += content
    text = json.dumps(header).encode()
    pathlib.Path(path).write_bytes(struct.pack("<Q", len(text)) + text + data)


def bytes_of(tensor):
    import torch
    integers = {2: torch.int16, 4: torch.int32, 8: torch.int64}[tensor.element_size()]
    return tensor.contiguous().view(integers).numpy().tobytes()


def torch_list(tensors):
    for name, tensor in tensors.items():
        line(name, str(tensor.dtype).removeprefix("torch."), tensor.shape, bytes_of(tensor))


def network(widths):
    import torch
    modules = []
    for fan_in, fan_out in zip(widths, widths[1:]):
        modules += [torch.nn.Linear(fan_in, fan_out), torch.nn.ReLU()]
    return torch.nn.Sequential(*modules[:-1])


def torch_write(path):
    import torch
    torch.manual_seed(3)
    state = network([11, 7, 5]).state_dict()
    state["half"] = torch.randn(3, 4).half()
    state["bfloat16"] = torch.randn(2, 3, 2, 2).bfloat16()
    state["double"] = torch.randn(6, dtype=torch.float64)
    save_safetensors(path, state)
    torch_list(state)


def torch_forward(folder):
    import torch
    folder = pathlib.Path(folder)
    tensors = load_safetensors(folder / "model.safetensors")
    weights = [tensor for name, tensor in tensors.items() if name.endswith("weight")]
    widths = [weights[0].shape[1]] + [weight.shape[0] for weight in weights]
    model = network(widths).to(weights[0].dtype)
    print(model.load_state_dict(tensors, strict=True))
    with torch.no_grad():
        output = model(torch.from_numpy(np.load(folder / "input.npy")))
    np.save(folder / "output.npy", output.numpy())


def onnx_write(folder):
    import onnx
    from onnx import TensorProto, helper, numpy_helper
    folder = pathlib.Path(folder)
    arrays = {path.stem: np.load(path, allow_pickle=False) for path in sorted(folder.glob("*.npy"))}
    raw = [numpy_helper.from_array(array, name) for name, array in arrays.items()]
    typed = [
        helper.make_tensor(name, helper.np_dtype_to_tensor_dtype(array.dtype)
                           if hasattr(helper, "np_dtype_to_tensor_dtype")
                           else onnx.mapping.NP_TYPE_TO_TENSOR_TYPE[array.dtype], array.shape, array.flatten())
        for name, array in arrays.items()]
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, None)

    def model(initializers):
        return helper.make_model(helper.make_graph([], "g", [], [output], initializers))

    onnx.save(model(raw), str(folder / "raw.onnx"))
    onnx.save(model(typed), str(folder / "typed.onnx"))
    onnx.save(
        model(raw), str(folder / "external.onnx"), save_as_external_data=True, location="values.bin", size_threshold=0)
    for name in ["raw.onnx", "typed.onnx", "external.onnx"]:
        onnx.load(str(folder / name))


def torch_read(path):
    torch_list(load_safetensors(path))


globals()[sys.argv[1].replace("-", "_")](sys.argv[2])
