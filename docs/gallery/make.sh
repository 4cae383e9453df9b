#!/usr/bin/env bash
# Draws the gallery again, from results that it makes: about two minutes on two cores.
#
#	docs/gallery/make.sh
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -C ../.. -o "$work/splinternet" ./cmd/splinternet
run() { "$work/splinternet" "$@" --quiet >/dev/null; }

run run --runs 200 --out "$work/baseline"
run sweep two-blocs --vary influence.bound=0.2:0.9 --vary security.rate=1:9 --design grid --levels 9 --runs 10 --out "$work/grid"
run sweep two-blocs --vary 'influence.*' --vary 'standards.*' --vary security.rate --design morris --trajectories 20 --out "$work/morris"
run sweep two-blocs --vary influence.bound --vary standards.network --vary security.rate=1:9 --design saltelli --base 256 --out "$work/sobol"
run sweep two-blocs --vary influence.bound --vary standards.network --vary standards.alignment --vary interconnection.filter --design halton --points 400 --out "$work/space"
run sensitivity "$work/morris"
run sensitivity "$work/sobol"
run discover "$work/space" --for 'native_reachability_end<0.65'
run compare baseline new-ip baseline-security --runs 30 --out "$work/compare"
run compare years-of-trust years-of-distrust --runs 40 --out "$work/paths"
run ablate two-blocs --runs 20 --out "$work/ablation"
run explain two-blocs --events --shapley --runs 20 --out "$work/explain"
cat >"$work/target.toml" <<'TOML'
[[target]]
measure = "native_reachability"
at = "end"
value = 0.65
tolerance = 0.01
[[target]]
measure = "recovery"
at = "end"
value = 0.12
tolerance = 0.01
TOML
run calibrate two-blocs --target "$work/target.toml" --vary influence.bound --vary standards.network --vary security.rate=1:9 \
	--draws 400 --particles 100 --rounds 2 --out "$work/calibration"

# Drawings with thousands of marks are smaller as pictures.
draw() { # FOLDER FORMAT FIGURE...
	local folder=$1 format=$2 name
	shift 2
	for name in "$@"; do
		run plot "$work/$folder" --figure "$name" --format "$format" --out "$work/drawn"
		cp "$work/drawn/$name.$format" .
	done
}
draw baseline svg measures positions fragmentation forums timeline network
draw baseline png votes links map
draw grid svg phase heat
draw morris svg morris
draw sobol svg sobol
draw space svg prim
draw compare svg compare
draw paths svg verdicts
mv verdicts.svg paths.svg
draw ablation svg ablation
draw explain svg explain
draw baseline svg verdicts
draw calibration svg calibration
du -ch ./*.svg ./*.png | tail -n 1
