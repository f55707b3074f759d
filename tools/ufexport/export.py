"""Exports one graph, or a set that shares its weights, and says how large each file became."""
import numpy as np

from . import llama, texts
from .activations import Activations
from .folder import write_companions
from .llama import Variant
from .runtime import Runner
from .smooth import smooth
from .store import TensorStore

# What stays in 8-bit blocks. Once outliers are smoothed no projection of w8a8 needed it (RESULTS-export.md).
WIDE = {"int4": ("lm_head",), "w8a8": ()}

# name -> (graph file, variant). All float32 weights lie in model.onnx.data, whichever graphs are written.
VARIANTS = {
    "fp32": ("model.onnx", Variant()),
    "plain": ("model_plain.onnx", Variant(attention="plain")),
    "genai": ("model_genai.onnx", Variant(style="genai")),
    "kv_fp16": ("model_kv_fp16.onnx", Variant(kv="fp16")),
    "kv_int8": ("model_kv_int8.onnx", Variant(kv="int8")),
    "int8": ("model_int8.onnx", Variant("int8")),
    "int4": ("model_int4.onnx", Variant("int4", wide=WIDE["int4"])),
    "w8a8": ("model_w8a8.onnx", Variant("w8a8", wide=WIDE["w8a8"])),
}
SHARED_DATA = "model.onnx.data"


def export(source, checkpoint, out, names, calibration=None):
    """Several graphs in one folder. The first name is the default graph of genai_config.json."""
    unknown = [name for name in names if name not in VARIANTS]
    if unknown:
        raise ValueError(f"unknown variants {unknown}; known are {list(VARIANTS)}")
    chosen = [VARIANTS[name] for name in names]
    session = Export(source, checkpoint, out, chosen, calibration)
    for file, variant in chosen:
        session.write(variant, file, SHARED_DATA if variant.precision == "fp32" else file + ".data")
    return session.report()


def export_one(source, checkpoint, out, variant, calibration=None):
    """A folder with one graph, model.onnx."""
    session = Export(source, checkpoint, out, [("model.onnx", variant)], calibration)
    session.write(variant, "model.onnx", SHARED_DATA)
    return session.report()


class Export:
    """One folder being written. `chosen` is a list of (graph file, variant); the first is the default."""

    def __init__(self, source, checkpoint, out, chosen, calibration):
        if not calibration and any(variant.kv == "int8" for _, variant in chosen):
            raise ValueError("an int8 KV cache takes its scales from a text: add --calibration FILE")
        self.checkpoint, self.out, self.notes = checkpoint, out, []
        self.store = _open(out)
        write_companions(source, checkpoint, out, *chosen[0])
        self.activations = Activations(checkpoint, out, texts.read(calibration)) if calibration else None

    def write(self, variant, file, data_file):
        checkpoint, seen = self.checkpoint, self.activations
        if variant.precision in ("w8a8", "int4") and not seen:
            self.notes.append(f"{file}: without --calibration {variant.precision} is less accurate than it could be")
        if variant.precision == "w8a8" and seen:
            checkpoint = smooth(checkpoint, seen.largest)
        llama.write(checkpoint, variant, self.store, self.out / file, data_file,
                    kv_scales=seen.kv_scales() if variant.kv == "int8" else None,
                    importance=seen.power if seen else None)
        if seen and (variant.precision, variant.kv) != ("fp32", "fp32"):
            self.notes.append(self._error(file))

    def _error(self, file):
        """Measured on the text behind the calibrating part."""
        exact, ids = self.activations.logits, self.activations.held_out
        logits = Runner(self.out / file).score(ids)
        same = (logits.argmax(axis=-1) == exact.argmax(axis=-1)).mean()
        return (f"{file}: against fp32 on {len(ids)} tokens: logits differ by {np.abs(logits - exact).max():.3g} at most, "
                f"{np.sqrt(np.square(logits - exact).mean()):.3g} rms (of {exact.std():.3g}); same top token {100 * same:.1f} %")

    def report(self):
        files = sorted(file for file in self.out.iterdir() if file.is_file())
        sizes = [f"{file.stat().st_size:>12,} {file.name}" for file in files]
        total = sum(file.stat().st_size for file in files)
        return sizes + [f"{total:>12,} bytes in {self.out.name}", *self.notes]


def _open(out):
    """Old graphs of the folder are removed first: their data files are about to change under them."""
    out.mkdir(parents=True, exist_ok=True)
    for old in [*out.glob("*.onnx"), *out.glob("*.onnx.data")]:
        old.unlink()
    return TensorStore(out)
