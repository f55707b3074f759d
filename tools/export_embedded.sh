#!/bin/sh
# The whole embedded model in one command: every graph, the fixtures, the checks and the accuracy table.
#
#   tools/export_embedded.sh CHECKPOINT OUT FIXTURES TEXT
#
# CHECKPOINT  Hugging Face folder that train_tiny.py wrote
# OUT         model folder to write (examples reads it from its resources)
# FIXTURES    folder for reference.json, logits.bin.gz and processors.json
# TEXT        held-out text or JSON lines: its first 8,192 tokens calibrate, the 4,096 after them measure
# PYTHON      the interpreter to use (python3), with requirements.txt installed
set -eu
[ $# -eq 4 ] || { sed -n '3,11p' "$0"; exit 2; }
tools=$(dirname "$0")
python=${PYTHON:-python3}
checkpoint=$1 out=$2 fixtures=$3 text=$4

"$python" "$tools/export_llama.py" "$checkpoint" --out "$out" --variants all --calibration "$text"
"$python" "$tools/make_fixtures.py" "$checkpoint" --folder "$out" --out "$fixtures"
"$python" "$tools/make_processor_fixtures.py" --out "$fixtures/processors.json"
"$python" "$tools/check_export.py" --fixtures "$fixtures" "$out/model.onnx" "$out/model_plain.onnx" "$out/model_genai.onnx"
"$python" "$tools/check_batches.py" "$out/model.onnx" "$out/model_kv_fp16.onnx" "$out/model_kv_int8.onnx" \
  "$out/model_int8.onnx" "$out/model_int4.onnx" "$out/model_w8a8.onnx"
"$python" "$tools/accuracy.py" --base "$out/model.onnx" --text "$text" --skip 8192 --fixtures "$fixtures" \
  "$out/model_kv_fp16.onnx" "$out/model_kv_int8.onnx" "$out/model_int8.onnx" "$out/model_int4.onnx" "$out/model_w8a8.onnx"

size=$(cat "$out"/*.* | wc -c)
[ "$size" -le 24000000 ] || { echo "$out has $size bytes, more than the 24,000,000 it may have" >&2; exit 1; }
echo "$size bytes in $out"
