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
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return re.search(r"model name\s*:\s*(.+)", file.read()).group(1).strip()
    except (OSError, AttributeError):
        return platform.processor() or platform.machine()


def main(output_format, path):
    times = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            m = json.loads(line)
            times.setdefault((m["job"], m["size"], m["threads"]), {}).setdefault(m["who"], []).append(m["ns"])
    rows = []
    for (job, size, threads), by_who in times.items():
        medians = {who: statistics.median(values) for who, values in by_who.items()}
        row = {"job": job, "size": size, "threads": threads, "nanoseconds": medians}
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
    }
    if output_format == "json":
        print(json.dumps({"machine": machine, "results": rows}, indent=2))
        return
    lines = [
        f"# {machine['processor']}",
        "",
        f"{machine['cores']} cores, {machine['system']}, .NET SDK {machine['dotnet']}, PyTorch {machine['torch']}, "
        f"NumPy {machine['numpy']}; load average {machine['load']:.1f} at the end. Interleaved runs, medians, "
        "nanoseconds a number; a ratio is the peer's time over ours.",
        "",
        "| job | size | threads | InitTools | without AVX-512 | PyTorch | NumPy | PyTorch / InitTools | NumPy / InitTools "
        "| PyTorch / without AVX-512 |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]

    def cell(value, digits, suffix=""):
        return "-" if value is None else f"{value:.{digits}f}{suffix}"

    for row in rows:
        ns, ratios = row["nanoseconds"], row["ratios"]
        lines.append("| " + " | ".join([
            row["job"], row["size"], str(row["threads"]),
            cell(ns.get("InitTools"), 3), cell(ns.get("InitTools without AVX-512"), 3),
            cell(ns.get("PyTorch"), 2), cell(ns.get("NumPy"), 2),
            cell(ratios.get("PyTorch / InitTools"), 1, "x"), cell(ratios.get("NumPy / InitTools"), 1, "x"),
            cell(ratios.get("PyTorch / InitTools without AVX-512"), 1, "x"),
        ]) + " |")
    text = "\n".join(lines) + "\n"
    print(text, end="")
    name = re.sub(r"[^a-z0-9]+", "-", machine["processor"].lower()).strip("-")
    os.makedirs(os.path.join("bench", "results"), exist_ok=True)
    with open(os.path.join("bench", "results", f"{name}.md"), "w", encoding="utf-8") as file:
        file.write(text)


main(sys.argv[1], sys.argv[2])
