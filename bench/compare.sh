#!/bin/sh
# Times InitTools' fills and matrix jobs against PyTorch's and NumPy's in turn on this machine and prints medians and
# ratios. PyTorch's matrix jobs run as installed (no variable of OpenBLAS set), with its kernels for AVX2
# (OPENBLAS_CORETYPE=Haswell), and, where the processor has AVX-512, tuned for that (OPENBLAS_CORETYPE=SkylakeX).
# bench/results/README.md says how to read what it prints.
#   bench/compare.sh [--json] [--rounds N] [--jobs all|fills|matrix]
# Text (or JSON) goes to standard output, the text also to bench/results/<cpu>-<vectors>.md, whose tables of other jobs stay.
# Debian's python3-torch, python3-numpy and libopenblas0-openmp are installed when they are missing and this is root on
# a Debian machine.
set -eu
cd "$(dirname "$0")/.."

format=text
rounds=3
jobs=all
while [ $# -gt 0 ]; do
    case "$1" in
        --json) format=json ;;
        --rounds) shift; rounds="$1" ;;
        --jobs) shift; jobs="$1" ;;
        *) echo "usage: bench/compare.sh [--json] [--rounds N] [--jobs all|fills|matrix]" >&2; exit 2 ;;
    esac
    shift
done

python=python3
if ! "$python" -c 'import numpy, torch' 2>/dev/null; then
    python=/usr/bin/python3
fi

if ! "$python" -c 'import numpy, torch' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update >&2
        apt-get install -y python3-torch python3-numpy libopenblas0-openmp >&2
    else
        echo "PyTorch and NumPy are missing: install python3-torch, python3-numpy, libopenblas0-openmp." >&2
        exit 1
    fi
fi

dotnet build bench/InitTools.Benchmarks -c Release -v q >&2
ours=bench/InitTools.Benchmarks/bin/Release/net10.0/InitTools.Benchmarks.dll
has_avx512=$(grep -cm1 avx512f /proc/cpuinfo || true)
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT

time_fills() {
    for threads in 1 2; do
        dotnet "$ours" timed "$threads" 3 >>"$lines"
        "$python" bench/peers/torch_fills.py "$threads" 1 >>"$lines"
        "$python" bench/peers/numpy_fills.py "$threads" 1 >>"$lines"
    done
    [ "$has_avx512" = 0 ] || DOTNET_EnableAVX512=0 dotnet "$ours" timed 1 3 | sed 's/"InitTools"/"InitTools without AVX-512"/' >>"$lines"
}

# OpenBLAS reads its variables when it is loaded; a machine may have set them.
time_torch_matrices() {
    threads="$1"
    who="$2"
    shift 2
    env -u OPENBLAS_L2_SIZE -u OPENBLAS_CORETYPE "$@" OMP_NUM_THREADS="$threads" \
        "$python" bench/peers/torch_matrix.py "$threads" 3 "$who" >>"$lines"
}

time_matrices() {
    for threads in 1 2; do
        dotnet "$ours" matrix "$threads" 3 >>"$lines"
        [ "$has_avx512" = 0 ] || time_torch_matrices "$threads" "PyTorch tuned" OPENBLAS_CORETYPE=SkylakeX
        time_torch_matrices "$threads" "PyTorch as installed"
        time_torch_matrices "$threads" "PyTorch for AVX2" OPENBLAS_CORETYPE=Haswell
    done
    [ "$has_avx512" = 0 ] || DOTNET_EnableAVX512=0 dotnet "$ours" matrix 1 3 | sed 's/"InitTools"/"InitTools without AVX-512"/' >>"$lines"
}

round=0
while [ "$round" -lt "$rounds" ]; do
    [ "$jobs" = matrix ] || time_fills
    [ "$jobs" = fills ] || time_matrices
    round=$((round + 1))
done

"$python" bench/report.py "$format" "$lines"
