#!/usr/bin/env bash
# Draws many values of every law, makes every check of docs/statistics.md on them and puts the figures there.
# Usage: tests/statistics/run.sh [LOG2] [RESULTS]
#   LOG2     the binary logarithm of the number of Float32 values, 32 by default; Float64 has its 2^26
#   RESULTS  a directory for the tables, a temporary one by default; a law whose table is already there is not drawn
#            again, so that an interrupted run can go on
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

log2=${1:-32}
results=$(realpath -m "${2:-$(mktemp -d)}")
tests=tests/InitTools.Core.Tests
page=docs/statistics.md
laws=(RandomUniform RandomNormal TruncatedNormal)

# draw LAW DTYPE LOG2, where no LOG2 means the slow suite's
draw() {
    [ -f "$results/$1-$2.md" ] && return
    INITTOOLS_STATISTICS_LOG2=$3 INITTOOLS_STATISTICS_REPORT=$results dotnet test "$tests" -c Release \
        --filter "FullyQualifiedName~SoundnessTests.Many_values&DisplayName~$1&DisplayName~$2"
}

failed=0
for law in "${laws[@]}"; do
    draw "$law" Float32 "$log2" || failed=1
    draw "$law" Float64 '' || failed=1
done

# The tables replace what stands between the markers; a failed check is in them too.
tables=$(for law in "${laws[@]}"; do cat "$results/$law-Float32.md" "$results/$law-Float64.md"; done)
awk -v tables="$tables" '
    /<!-- end of results -->/ { inside = 0 }
    !inside { print }
    /<!-- results -->/ { inside = 1; print ""; print tables; print "" }
' "$page" > "$results/page.md"
cp "$results/page.md" "$page"
exit "$failed"
