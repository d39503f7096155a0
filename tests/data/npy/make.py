"""Writes the .npy and .npz files beside this script with NumPy itself (they were made with NumPy 1.24.2).

The matrix is [[1, -2.5, 3], [0.1, 1e-30, -0.0]].
"""
import pathlib

import numpy as np

folder = pathlib.Path(__file__).parent
matrix = [[1, -2.5, 3], [0.1, 1e-30, -0.0]]
variants = {
    "float32-c-v1.npy": (np.array(matrix, np.float32, order="C"), (1, 0)),
    "float32-fortran-v1.npy": (np.array(matrix, np.float32, order="F"), (1, 0)),
    "float64-c-v2.npy": (np.array(matrix, np.float64, order="C"), (2, 0)),
    "float64-fortran-v3.npy": (np.array(matrix, np.float64, order="F"), (3, 0)),
    "float64-big-endian.npy": (np.array(matrix, ">f8"), (1, 0)),
    "int64.npy": (np.array([[1, 2], [3, 4]], np.int64), (1, 0)),
    "objects.npy": (np.array([["a", None]], dtype=object), (1, 0)),
    "structured.npy": (np.array([(1.0, 2.0)], dtype=[("x", "<f4"), ("y", "<f4")]), (1, 0)),
    "vector.npy": (np.array([1, 2, 3], np.float32), (1, 0)),
    "number.npy": (np.array(1.5, np.float32), (1, 0)),
    "no-rows.npy": (np.zeros((0, 3), np.float32), (1, 0)),
    "no-columns.npy": (np.zeros((3, 0), np.float32), (1, 0)),
    "nan.npy": (np.array([[1, np.nan]], np.float32), (1, 0)),
}
for name, (array, version) in variants.items():
    with open(folder / name, "wb") as file:
        np.lib.format.write_array(file, array, version=version)

archive = {
    "fc1.weight": np.array(matrix, np.float32),
    "fc1.bias": np.array([1, 2, 3], np.float16),
    "dense/kernel:0": np.array(matrix, np.float64, order="F"),
    "big": np.array(matrix, ">f8"),
    "steps": np.array(7, np.int64),
}
np.savez(folder / "stored.npz", **archive)
np.savez_compressed(folder / "deflated.npz", **archive)
