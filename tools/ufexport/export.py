"""Exports one graph, or a set that shares its weights, and says how large each file became."""
from pathlib import Path

from . import kvscales, llama
from .folder import write_companions
from .llama import Variant
from .store import TensorStore

W8A8_WIDE = ()

# name -> (graph file, variant). All float32 weights lie in model.onnx.data, whichever graphs are written.
VARIANTS = {
    "fp32": ("model.onnx", Variant()),
    "plain": ("model_plain.onnx", Variant(attention="plain")),
    "genai": ("model_genai.onnx", Variant(style="genai")),
    "kv_fp16": ("model_kv_fp16.onnx", Variant(kv="fp16")),
    "kv_int8": ("model_kv_int8.onnx", Variant(kv="int8")),
    "int8": ("model_int8.onnx", Variant("int8")),
    "int4": ("model_int4.onnx", Variant("int4")),
    "w8a8": ("model_w8a8.onnx", Variant("w8a8", wide=W8A8_WIDE)),
}
SHARED_DATA = "model.onnx.data"


def export(source, checkpoint, out, names, calibration=None):
    """Several graphs in one folder. The first name is the default graph of genai_config.json."""
    unknown = [name for name in names if name not in VARIANTS]
    if unknown:
        raise ValueError(f"unknown variants {unknown}; known are {list(VARIANTS)}")
    store = _open(out)
    default_file, default = VARIANTS[names[0]]
    write_companions(source, checkpoint, out, default_file, default)
    for name in names:
        file, variant = VARIANTS[name]
        scales = _kv_scales(checkpoint, variant, out, calibration)
        quantized = variant.precision not in ("fp32",)
        llama.write(checkpoint, variant, store, out / file, file + ".data" if quantized else SHARED_DATA, scales)
    return _sizes(out)


def export_one(source, checkpoint, out, variant, calibration=None):
    """A folder with one graph, model.onnx."""
    store = _open(out)
    write_companions(source, checkpoint, out, "model.onnx", variant)
    scales = _kv_scales(checkpoint, variant, out, calibration)
    llama.write(checkpoint, variant, store, out / "model.onnx", SHARED_DATA, scales)
    return _sizes(out)


def _open(out):
    """Old graphs of the folder are removed first: their data files are about to change under them."""
    out.mkdir(parents=True, exist_ok=True)
    for old in [*out.glob("*.onnx"), *out.glob("*.onnx.data")]:
        old.unlink()
    return TensorStore(out)


def _kv_scales(checkpoint, variant, out, calibration):
    if variant.kv != "int8":
        return None
    if calibration is None:
        raise ValueError("an int8 KV cache needs --calibration FILE, a text to take its scales from")
    return kvscales.from_text(checkpoint, out, Path(calibration).read_text(encoding="utf-8"))


def _sizes(out):
    files = sorted(file for file in out.iterdir() if file.is_file())
    lines = [f"{file.stat().st_size:>12,} {file.name}" for file in files]
    return lines + [f"{sum(file.stat().st_size for file in files):>12,} bytes in {out.name}"]
