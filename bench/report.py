"""Medians and ratios of bench/compare.sh's measurements. Arguments: text or json, the file of measurements."""

import json
import os
import platform
import re
import statistics
import subprocess
import sys

import numpy
import torch


def processor():
    """The model, which a cloud may give to several generations, and the vectors that tell them apart."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            text = file.read()
        model = re.search(r"model name\s*:\s*(.+)", text).group(1).strip()
        vectors = next((name for flag, name in (("avx512f", "AVX-512"), ("avx2", "AVX2")) if flag in text), None)
        return f"{model}, {vectors}" if vectors else model
    except (OSError, AttributeError):
        return platform.processor() or platform.machine()


def main(output_format, path):
    times = {}
    cores = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            m = json.loads(line)
            key = (m.get("table", "fills"), m["job"], m["size"], m["threads"])
            times.setdefault(key, {}).setdefault(m["who"], []).append(m["ns"])
            if m.get("core"):
                cores[m["who"]] = m["core"]
    rows = []
    for (table, job, size, threads), by_who in times.items():
        medians = {who: statistics.median(values) for who, values in by_who.items()}

        # The peer's other way to the same figures has a name of its own; ours is the same.
        if job.endswith(" (var, mean)"):
            same = times.get((table, job.removesuffix(" (var, mean)"), size, threads), {})
            medians.update({who: statistics.median(v) for who, v in same.items() if who.startswith("InitTools")})
        row = {"table": table, "job": job, "size": size, "threads": threads, "nanoseconds": medians}
        row["ratios"] = {
            f"{peer} / {who}": medians[peer] / medians[who]
            for who in medians if who.startswith("InitTools")
            for peer in medians if not peer.startswith("InitTools")
        }
        rows.append(row)
    machine = {
        "processor": processor(),
        "cores": os.cpu_count(),
        "system": platform.platform(terse=True),
        "dotnet": subprocess.run(["dotnet", "--version"], capture_output=True, text=True, check=True).stdout.strip(),
        "torch": torch.__version__,
        "numpy": numpy.__version__,
        "load": os.getloadavg()[0],
        "openblas": cores,
    }
    if output_format == "json":
        print(json.dumps({"machine": machine, "results": rows}, indent=2))
        return
    lines = [
        f"# {machine['processor']}",
        "",
        f"{machine['cores']} cores, {machine['system']}, .NET SDK {machine['dotnet']}, PyTorch {machine['torch']}, "
        f"NumPy {machine['numpy']}; load average {machine['load']:.1f} at the end. Interleaved runs, medians; a ratio is "
        "the peer's time over ours.",
    ]

    def cell(value, digits, suffix=""):
        return "-" if value is None else f"{value:.{digits}f}{suffix}"

    def add_table(table, title, head, cells):
        chosen = [cells(row, row["nanoseconds"], row["ratios"]) for row in rows if row["table"] == table]
        if chosen:
            # Columns of what this processor has not got are left out.
            columns = [column for column in zip(head, *chosen) if set(column[1:]) != {"-"}]
            head, *chosen = zip(*columns)
            lines.extend(["", f"## {title}", ""])
            lines.extend("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *chosen))

    add_table(
        "fills",
        "Fills, nanoseconds a number",
        ["job", "size", "threads", "InitTools", "without AVX-512", "PyTorch", "NumPy", "PyTorch / InitTools",
         "NumPy / InitTools", "PyTorch / without AVX-512"],
        lambda row, ns, ratios: [
            row["job"], row["size"], str(row["threads"]),
            cell(ns.get("InitTools"), 3), cell(ns.get("InitTools without AVX-512"), 3),
            cell(ns.get("PyTorch"), 2), cell(ns.get("NumPy"), 2),
            cell(ratios.get("PyTorch / InitTools"), 1, "x"), cell(ratios.get("NumPy / InitTools"), 1, "x"),
            cell(ratios.get("PyTorch / InitTools without AVX-512"), 1, "x"),
        ])

    def milliseconds(nanoseconds):
        return cell(None if nanoseconds is None else nanoseconds / 1e6, 2)

    add_table(
        "matrix",
        "Matrix work, milliseconds",
        ["job", "size", "threads", "InitTools", "without AVX-512", "PyTorch tuned", "PyTorch as installed",
         "PyTorch for AVX2", "tuned / InitTools", "as installed / InitTools", "for AVX2 / InitTools",
         "for AVX2 / without AVX-512"],
        lambda row, ns, ratios: [
            row["job"], row["size"], str(row["threads"]),
            milliseconds(ns.get("InitTools")), milliseconds(ns.get("InitTools without AVX-512")),
            milliseconds(ns.get("PyTorch tuned")), milliseconds(ns.get("PyTorch as installed")),
            milliseconds(ns.get("PyTorch for AVX2")),
            cell(ratios.get("PyTorch tuned / InitTools"), 2, "x"),
            cell(ratios.get("PyTorch as installed / InitTools"), 2, "x"),
            cell(ratios.get("PyTorch for AVX2 / InitTools"), 2, "x"),
            cell(ratios.get("PyTorch for AVX2 / InitTools without AVX-512"), 2, "x"),
        ])
    if cores:
        chosen = "; ".join(f"{who}: {core}" for who, core in sorted(cores.items()))
        lines.extend(["", f"Kernels that OpenBLAS chose: {chosen}."])
    text = "\n".join(lines) + "\n"
    print(text, end="")
    name = re.sub(r"[^a-z0-9]+", "-", machine["processor"].lower()).strip("-")
    path = os.path.join("bench", "results", f"{name}.md")
    os.makedirs(os.path.dirname(path), exist_ok=True)

    # Tables that this run did not time stay as an earlier one left them.
    earlier = ""
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            earlier = file.read()
    kept = [table for table in re.split(r"^(?=## )", earlier, flags=re.MULTILINE)[1:]
            if table.splitlines()[0] not in lines]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join([text, *(table.rstrip() + "\n" for table in kept)]))


main(sys.argv[1], sys.argv[2])
